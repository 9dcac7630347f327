"""Values that are good for one route and no other: for each that changes somebody, a person of its own."""

import base64
import hashlib
from typing import Any

from chalicelib.accounts.domain import Status
from chalicelib.messages.actions import drafts
from chalicelib.messages.domain.drafts import Contents
from tests import (
    asked_by_directory,
    asked_of_waves,
    belongings,
    inviting,
    later,
    nominating,
    own_profiles,
    recovering,
    review_cards,
    two_changes,
    two_of_plan,
    vacant_seats,
    works,
)
from tests.world import START, Account, World

_FILE = b"name,email,phone\r\nAnh Sample,anh@maple.example,555-010-0101\r\n"
_NEW = {"name": "Nina Sample", "email": "nina@people.example", "phone": "555-010-0100"}
Values = dict[str, dict[str, Any]]
"""By route, then by the names of places and fields."""


def for_routes(world: World, administrator: Account, of_plan: Account) -> Values:
    """For what a local administrator beside a backup, somebody of the plan and people without a session ask."""
    return {
        "POST /member-imports": {
            "size": len(_FILE),
            "sha256": base64.b64encode(hashlib.sha256(_FILE).digest()).decode(),
        },
        "PATCH /mailboxes/{mailbox_id}/messages": {"read": True},
        "POST /mailboxes/{mailbox_id}/conversations/{thread_id}/moves": {"to": None},
        "POST /broadcasts": {"to": "everybody", "tins": [world.maple.tin]},
        "GET /broadcasts/{work_id}/skipped": {"work_id": belongings.broadcast(world, world.ada)},
        "POST /access-requests": {"access_level": "eligibility"},
        "GET /features/{access_level}": {"access_level": "claims"},
        "POST /legal-holds": {"subject": {"kind": "user", "id": world.gina.user.id}},
        **_of_members(world),
        **_of_administration(world, administrator),
        **_of_staff(world, of_plan),
        **_of_links(world),
        **asked_by_directory.good_values(world),
        **asked_of_waves.good_values(world, of_plan),
        **_of_profiles(world),
        **of_drafts(),
        "POST /mailboxes/{mailbox_id}/messages/{message_id}/recall": world.write(world.gina, world.ada),
        "DELETE /mailboxes/{mailbox_id}/drafts/{draft_id}": {
            "draft_id": drafts.begin(world.gina.actor, world.gina.mailbox, Contents(text="T"), START).id
        },
    }


def of_drafts() -> Values:
    """What is sent is not the draft that is shown and saved; what is saved answers nothing."""
    threads = "/mailboxes/{mailbox_id}/threads/{thread_id}"
    sending = ("/mailboxes/{mailbox_id}/messages", f"{threads}/replies", f"{threads}/messages/{{message_id}}/forward")
    return {f"POST {path}": {"draft_id": None} for path in sending}


def _of_members(world: World) -> Values:
    """Somebody in the status that a verb needs."""

    def somebody(status: Status) -> dict[str, Any]:
        account = world.member(world.maple, f"Sam Sample {world.number()}")
        later.set_status(account, status)
        return {"membership_id": account.mailbox}

    return {
        "POST /members": _NEW,
        "PATCH /members/{membership_id}": somebody("active") | {"access_levels": ["claims"]},
        "POST /members/{membership_id}/enable": somebody("disabled"),
        "POST /members/{membership_id}/disable": somebody("active"),
        "POST /members/{membership_id}/reject": somebody("verification_pending"),
        "POST /members/{membership_id}/remove": somebody("active"),
        "POST /members/{membership_id}/registration-email": somebody("unverified"),
        "POST /members/{membership_id}/password-reset-email": somebody("active"),
        "POST /members/{membership_id}/stops/mend": somebody("active"),
        "POST /roster/handover": somebody("unverified"),
        "POST /reviews/{membership_id}": review_cards.good_decision(world),
    }


def _of_administration(world: World, administrator: Account) -> Values:
    """Requests to answer, and a file that was checked."""

    def asking() -> dict[str, Any]:
        account = world.member(world.maple, f"Ash Sample {world.number()}")
        asked = {"access_level": "claims"}
        assert world.browser(account).post("/access-requests", asked).status == 201
        return asked | {"membership_id": account.mailbox}

    return {
        "POST /access-requests/grant": asking(),
        "POST /access-requests/dismiss": asking(),
        "POST /member-imports/{work_id}/run": {"work_id": works.checked(world.browser(administrator), _FILE)},
    }


def _of_staff(world: World, of_plan: Account) -> Values:
    def somebody() -> Account:
        return world.agent(f"Stan Fictional {world.number()}", world.internal)

    later.deactivate(disabled := somebody())
    new = {**_NEW, "email": f"nat{world.number()}@plan.example", "roles": ["helpdesk"]}
    invited = world.browser(of_plan).post("/staff", new).json["id"]
    return {
        "POST /staff": {**new, "email": "nina@plan.example"},
        "PATCH /staff/{user_id}": {"user_id": somebody().user.id, "roles": ["auditor"]},
        "POST /staff/{user_id}/enable": {"user_id": disabled.user.id},
        "POST /staff/{user_id}/disable": {"user_id": somebody().user.id},
        "POST /staff/{user_id}/review": {"user_id": somebody().user.id, "decision": "keep"},
        "POST /administrator-reviews/{organization_id}/{membership_id}": two_of_plan.good_decision(world),
        "POST /administrator-reviews/{organization_id}/{membership_id}/withdraw": two_of_plan.first_decided(world),
        "POST /organizations/{organization_id}/seat": vacant_seats.good_approval(world),
        "POST /organizations/{organization_id}/invitations/{membership_id}": vacant_seats.good_invitation(world),
        **two_changes.good_values(world),
        **nominating.good_values(world),
        "POST /review-calls": {"organization_ids": [world.birch.id], "by": "2026-03-20"},
        "POST /suspect-reviews/{suspect_id}/settle": {"suspect_id": belongings.suspected(world, world.gina)},
        "POST /staff/{user_id}/registration-email": {"user_id": invited},
        "POST /staff/{user_id}/password-reset-email": {"user_id": somebody().user.id},
        "POST /staff/{user_id}/stops/mend": {"user_id": somebody().user.id},
    }


def _of_profiles(world: World) -> Values:
    def somebody() -> Account:
        return world.member(world.maple, f"Sid Sample {world.number()}")

    mine = own_profiles.good_values(world, somebody)
    return {
        **mine,
        "POST /session/factor": own_profiles.code_wanted(world),
        "POST /email-confirmations": own_profiles.confirmation(world),
        "POST /notice-address-confirmations": own_profiles.notice_confirmation(world),
    }


def _of_links(world: World) -> Values:
    invited = world.member(world.maple, "Inga Sample", role="backup_administrator", status="unverified")
    later.forget_password(invited)
    subject = {"organization_id": world.maple.id, "membership_id": invited.mailbox}
    token = inviting.link(world, invited.user.id, "registration", **subject)
    return {
        "POST /registrations": inviting.form(),
        "POST /registrations/look": {"token": token},
        "POST /registrations/factor": {"token": token},
        "POST /registrations/complete": {
            "token": token,
            "name": "Inga Sample",
            "accept_terms": True,
            **inviting.ANSWERS,
        },
        **recovering.good_values(world),
        **recovering.good_values_of_helpdesk(world),
        **recovering.good_values_of_decider(world, lambda: world.member(world.maple, f"Finn Sample {world.number()}")),
    }
