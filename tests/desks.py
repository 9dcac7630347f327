"""The desk of a department in tests: two agents, members who write to it, and what is done with conversations."""

from typing import Any
from urllib.parse import urlencode

from tests.portal import Answer, Browser
from tests.world import Account, World


class Desk:
    """The credentialing team, with Ada and Edith; Gina of Maple and Peter of Birch write to it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.department = world.credentialing
        self.edith = world.agent(f"Edith Fictional {world.number()}", self.department)
        self.browsers = {
            account.user.id: world.browser(account) for account in (world.gina, world.peter, world.ada, self.edith)
        }
        self.ada = world.ada
        self.path = f"/mailboxes/{self.department.id}"
        self.pace = 60
        """Seconds that pass before anybody writes."""

    def browser(self, account: Account) -> Browser:
        """The browser of one of them."""
        return self.browsers[account.user.id]

    def write(self, member: Account, subject: str = "Fax number") -> dict[str, str]:
        """A member starts a conversation, a while after what was before; its ids."""
        self.world.time.advance(seconds=self.pace)
        body = {"to": [self.department.id], "subject": subject, "text": "Text"}
        answer = self.browser(member).post(f"/mailboxes/{member.mailbox}/messages", body)
        assert answer.status == 201, answer.text
        return {name: answer.json[name] for name in ("thread_id", "message_id")}

    def reply(self, account: Account, sent: dict[str, str], **body: object) -> Answer:
        """Somebody answers a message, a while later; an agent as the department."""
        self.world.time.advance(seconds=self.pace)
        return self.reply_now(account, sent, **body)

    def reply_now(self, account: Account, sent: dict[str, str], **body: object) -> Answer:
        """Likewise, at this moment."""
        path = self.path if account in (self.ada, self.edith) else f"/mailboxes/{account.mailbox}"
        text = {"message_id": sent["message_id"], "text": "Answer", **body}
        return self.browser(account).post(f"{path}/threads/{sent['thread_id']}/replies", text)

    def listed(self, account: Account | None = None, /, **query: str) -> Any:
        """A page of the conversations."""
        path = f"{self.path}/conversations" + (f"?{urlencode(query)}" if query else "")
        return self.browser(account or self.ada).get(path).json

    def subjects(self, **query: str) -> list[str]:
        """The subjects on the first page."""
        return [one["subject"] for one in self.listed(**query)["items"]]

    def show(self, sent: dict[str, str], account: Account | None = None) -> Any:
        """One conversation with what goes on around it."""
        return self.browser(account or self.ada).get(f"{self.path}/conversations/{sent['thread_id']}").json

    def conversation(self, sent: dict[str, str]) -> Any:
        """One conversation itself."""
        return self.show(sent)["conversation"]

    def move(self, account: Account, sent: dict[str, str], move: str, version: int | None = None, **to: str) -> Answer:
        """What an agent does with a conversation, as it is now or was in a version, a second later."""
        found = self.conversation(sent)["version"] if version is None else version
        path = f"{self.path}/conversations/{sent['thread_id']}/moves"
        self.world.time.advance(seconds=1)
        return self.browser(account).send("POST", path, {"move": move, **to}, {"If-Match": f'"{found}"'})
