"""Uploads, as the compose page uses them. Downloads belong to the message that holds the file (messages.routes)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.attachments import actions, buckets
from chalicelib.attachments.domain import Reason, State, Upload
from chalicelib.core.access import Actor, members, staff
from chalicelib.core.fields import FileName, Id
from chalicelib.core.http import Routes

routes = Routes(__name__)

WRITERS = members() | staff("department_agent")


class UploadBody(msgspec.Struct):
    """A file as the browser sees it, before it is sent."""

    mailbox_id: Id
    file_name: FileName
    content_type: Annotated[str, msgspec.Meta(max_length=127)]
    size: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    sha256: Annotated[str, msgspec.Meta(max_length=64)]


class Announced(msgspec.Struct):
    """Where to send the file, by a form that is good for five minutes."""

    upload_id: str
    url: str
    fields: dict[str, str]


class UploadView(msgspec.Struct):
    """How far an upload has come."""

    id: str
    file_name: str
    content_type: str
    size: int
    state: State
    reason: Reason | None


@routes.route(
    "/uploads",
    method="POST",
    who=WRITERS,
    summary="Announce a file",
    status=201,
    creates=True,
    errors=((404, "not_found"), (429, "upload_quota")),
)
def announce_upload(actor: Actor, body: UploadBody, now: datetime) -> Announced:
    """The answer holds a presigned form for exactly this file."""
    upload = actions.announce(actor, body.mailbox_id, body.file_name, body.content_type, body.size, body.sha256, now)
    post = buckets.presigned_post(upload)
    return Announced(upload.id, post.url, post.fields)


@routes.route(
    "/uploads/{upload_id}/finalize",
    method="POST",
    who=WRITERS,
    summary="Tell that a file has been sent",
    errors=((409, "upload_missing"), (409, "upload_replaced"), (409, "changed_meanwhile")),
)
def finalize_upload(actor: Actor, upload_id: Id, now: datetime) -> UploadView:
    """Pins the version that arrived and has it checked."""
    return _view(actions.finalize(actor, upload_id, now))


@routes.route("/uploads/{upload_id}", method="GET", who=WRITERS, summary="How far an upload has come")
def show_upload(actor: Actor, upload_id: Id, now: datetime) -> UploadView:
    """Only to the user who announced it."""
    return _view(actions.own_upload(actor, upload_id, now))


def _view(upload: Upload) -> UploadView:
    return UploadView(
        id=upload.id,
        file_name=upload.file_name,
        content_type=upload.content_type,
        size=upload.size,
        state=upload.state,
        reason=upload.reason,
    )
