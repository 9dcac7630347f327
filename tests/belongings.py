"""Something of every kind that is somebody's, for the tests that ask every route for it."""

from collections.abc import Mapping

from chalicelib.access_reviews.domain.evidence import Reviewer
from chalicelib.access_reviews.domain.pace import Suspect
from chalicelib.access_reviews.store import pace
from chalicelib.accounts.actions import imports
from chalicelib.attachments import store as uploads
from chalicelib.attachments.domain import Upload
from chalicelib.core import ids, work_imports
from chalicelib.core.access import Member, Staff, system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.work_imports import ImportBody
from chalicelib.messages.actions import broadcasting, drafts, misdirected
from chalicelib.messages.actions.broadcasting import Wanted
from chalicelib.messages.domain.drafts import Contents
from chalicelib.messages.store import reports
from chalicelib.retention.actions import holding
from chalicelib.retention.domain.holds import Subject
from tests import asked_by_directory, asked_of_waves, nominating, recovering, uploading, works
from tests.world import START, Account, World

Things = dict[str, str]
"""Ids by what they are ids of: as places in paths and fields of bodies are named."""


def of(world: World, account: Account, writer: Account) -> Things:
    """A message with a file that `writer` sent them and that they report, one that they sent, a draft, an upload that
    waits, a work with a result, themself, their case.

    `import_id` is a dry run that waits for its file; nobody's where members are not theirs to import.
    """
    actor = account.actor
    received = world.write(writer, account, upload_ids=[attached := ready(writer)])
    checked = (
        work_imports.announce(actor, imports.KINDS, ImportBody(4, works.SHA256), START).work_id
        if isinstance(actor, Member)
        else ids.new("wrk")
    )
    sent = world.write(account, world.ada)
    return {
        "sent_message_id": sent["message_id"],
        "sent_thread_id": sent["thread_id"],
        "mailbox_id": account.mailbox,
        "department_id": world.credentialing.id,
        "thread_id": received["thread_id"],
        "message_id": received["message_id"],
        "attachment_id": attached,
        "sent_id": world.write(account, account)["message_id"],
        "upload_id": uploading.announce(world.browser(account), account.mailbox)["upload_id"],
        "draft_id": drafts.begin(actor, account.mailbox, Contents(subject="S", text="T"), START).id,
        "report_id": reported(account, received),
        "hold_id": held(world, account),
        "work_id": works.finished(account).id,
        "import_id": checked,
        "broadcast_id": ids.new("wrk") if isinstance(actor, Member) else broadcast(world, account),
        "membership_id": account.mailbox if isinstance(actor, Member) else account.user.id,
        "user_id": account.user.id,
        "organization_id": actor.organization_id if isinstance(actor, Member) else world.maple.id,
        "case_id": recovering.case_about(world, account),
        "suspect_id": suspected(world, account),
        "directory_request_id": asked_by_directory.waiting(world, account).id,
        "wave_id": asked_of_waves.planned_wave(world).id,
        "organization_import_id": asked_of_waves.announced(account),
        "nomination_id": nominating.of_organization(
            world, actor.organization_id if isinstance(actor, Member) else world.maple.id
        ).id,
        "request_id": nominating.asked(world),
    }


def held(world: World, account: Account) -> str:
    """Id of a legal hold on their messages that waits for a second person."""
    asker = world.agent(f"Alma Fictional {world.number()}", roles=("auditor",)).actor
    assert isinstance(asker, Staff)
    return holding.ask(asker, Subject("user", account.user.id), "Why", START).id


def suspected(world: World, account: Account) -> str:
    """Id of decisions of theirs that were made too fast, in their organization; nobody has looked into them yet."""
    actor = account.actor
    made = Suspect(
        id=ids.sortable("sus", world.time.now),
        organization_id=actor.organization_id if isinstance(actor, Member) else world.maple.id,
        reviewer=Reviewer(account.user.id, account.user.name),
        first_at=world.time.now,
        last_at=world.time.now,
        count=50,
        sample=[],
    )
    planned = Change(system("test"), Entry(action="test.suspected", object_id=made.id), world.time.now)
    planned.put(pace.suspect_row(made))
    planned.commit(None)
    return made.id


def broadcast(world: World, account: Account) -> str:
    """Id of the work of a broadcast that has not begun."""
    wanted = Wanted(
        mailbox_id=account.mailbox,
        subject="S",
        text="T",
        urgent=False,
        upload_ids=[],
        to="everybody",
        tins=[world.maple.tin],
    )
    return broadcasting.start(account.actor, wanted, START).work_id


def reported(account: Account, received: Mapping[str, str]) -> str:
    """Id of a report that a message reached somebody in error."""
    misdirected.report(account.actor, account.mailbox, received["thread_id"], received["message_id"], START)
    key = (f"MISDIRECTED#{received['message_id']}", account.mailbox)
    return str(reports.ReportedRow.get(*key, consistent_read=True).report_id)


def ready(account: Account) -> str:
    """Id of an upload that may be sent; there is no file behind it."""
    actor = account.actor
    upload = Upload(
        id=ids.new("upl"),
        user_id=actor.id,
        mailbox_id=account.mailbox,
        organization_id=actor.organization_id if isinstance(actor, Member) else None,
        file_name="form.pdf",
        content_type="application/pdf",
        size=len(uploading.PDF),
        sha256="",
        state="ready",
        created_at=START,
    )
    uploads.upload_row(upload).save()
    return upload.id
