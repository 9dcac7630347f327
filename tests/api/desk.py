"""The helpdesk and everybody around a case (CRD-5)."""

from typing import Any

from chalicelib.core.access import Role, StaffRole
from tests import inviting
from tests.portal import Answer, Browser
from tests.recovering import opens
from tests.ses import Post
from tests.world import Account, World

REASON = "Lost the phone, and the answers too: <b>Zebra-canary</b>"


class Desk:
    """Everybody around a case of Gina's, each signed in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.helpdesk = self.of_plan("Hela Fictional", "helpdesk")

    def of_plan(self, name: str, *roles: StaffRole) -> Browser:
        return self.world.browser(self.world.agent(name, roles=roles))

    def of_maple(self, name: str, role: Role) -> Browser:
        return self.world.browser(self.world.member(self.world.maple, name, role=role))

    def open(self, account: Account | None = None, **changes: Any) -> dict[str, Any]:
        answer = opens(self.helpdesk, account or self.world.gina, REASON, **changes)
        assert answer.status == 201, answer.text
        shown: dict[str, Any] = answer.json
        return shown

    def show(self, case: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = self.helpdesk.get(f"/helpdesk/cases/{case['id']}").json
        return shown


def refusal(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.code


def outcome(answer: Answer) -> str:
    return "ok" if answer.status == 200 else answer.code


def set_up_token(post: Post, account: Account) -> str:
    return inviting.token(post, account.user.email, "set-up")
