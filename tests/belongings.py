"""Something of every kind that is somebody's, for the tests that ask every route for it."""

from chalicelib.accounts.actions import imports
from chalicelib.attachments import store as uploads
from chalicelib.attachments.domain import Upload
from chalicelib.core import ids
from chalicelib.core.access import Member
from tests import recovering, uploading, works
from tests.world import START, Account, World

Things = dict[str, str]
"""Ids by what they are ids of: as places in paths and fields of bodies are named."""


def of(world: World, account: Account, writer: Account) -> Things:
    """A message with a file that `writer` sent them, an upload that waits, a work with a result, themself, their case.

    `import_id` is a dry run that waits for its file; nobody's where members are not theirs to import.
    """
    actor = account.actor
    received = world.write(writer, account, upload_ids=[attached := ready(writer)])
    checked = imports.announce(actor, 4, works.SHA256, START).work_id if isinstance(actor, Member) else ids.new("wrk")
    return {
        "mailbox_id": account.mailbox,
        "thread_id": received["thread_id"],
        "message_id": received["message_id"],
        "attachment_id": attached,
        "upload_id": uploading.announce(world.browser(account), account.mailbox)["upload_id"],
        "work_id": works.finished(account).id,
        "import_id": checked,
        "membership_id": account.mailbox if isinstance(actor, Member) else account.user.id,
        "user_id": account.user.id,
        "case_id": recovering.case_about(world, account),
    }


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
