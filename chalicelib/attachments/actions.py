"""A file's way in: announced, finalized, scanned, looked into, released, sent (MSG-8)."""

import base64
from datetime import datetime

import msgspec

from chalicelib.attachments import buckets, domain, store
from chalicelib.attachments.domain import Attachment, Upload, Verdict
from chalicelib.core import ids, timers
from chalicelib.core.access import Actor, Member, system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.core.journal import Entry, Facts


def announce(
    actor: Actor, mailbox_id: str, file_name: str, content_type: str, size: int, sha256: str, now: datetime
) -> Upload:
    """Make room for one file of `size` bytes that is to be sent from a mailbox of the actor's.

    Raises NotFound for another mailbox, Invalid naming every wrong field, TooManyAttempts beyond 500 MiB a day.
    """
    if mailbox_id not in actor.mailboxes:
        raise NotFound
    errors = domain.check_announced(file_name, content_type, size)
    if not _is_sha256(sha256):
        errors.append(FieldError("/sha256", "wrong_form"))
    if errors:
        raise Invalid(fields=tuple(errors))
    upload = Upload(
        id=ids.new("upl"),
        user_id=actor.id,
        mailbox_id=mailbox_id,
        organization_id=actor.organization_id if isinstance(actor, Member) else None,
        file_name=file_name,
        content_type=content_type,
        size=size,
        sha256=sha256,
        created_at=now,
    )
    change = Change(actor, _entry("upload.announced", upload, {"size": size, "content_type": content_type}), now)
    change.create(store.upload_row(upload))
    store.count_announced(change, actor.id, size)
    timers.arm(change, discard_timer(upload.id, domain.discard_at(upload)))
    announced = change.commit(upload.id)
    return own_upload(actor, announced, now) if announced != upload.id else upload


def own_upload(actor: Actor, upload_id: str, now: datetime) -> Upload:
    """An upload of this actor. Raises NotFound for anybody else's, and once it has expired."""
    upload = store.upload(upload_id)
    if upload is None or upload.user_id != actor.id or upload.organization_id != _organization(actor):
        raise NotFound
    if domain.expired(upload, now):
        raise NotFound
    return upload


def finalize(actor: Actor, upload_id: str, now: datetime) -> Upload:
    """Pin the one version that arrived; from here on only that version counts (S-FILE-02).

    Done twice it answers the same. Raises Conflict `upload_missing` when nothing arrived, `upload_replaced` when more
    than one version did, and refuses a file of another size than announced.
    """
    upload = own_upload(actor, upload_id, now)
    if upload.state != "waiting":
        return upload
    arrived = buckets.versions(upload)
    if not arrived:
        raise Conflict("upload_missing")
    if len(arrived) > 1:
        raise Conflict("upload_replaced")
    version = arrived[0]
    if version.size != upload.size:
        return _close(actor, upload, "wrong_content", now)
    change = Change(actor, _entry("upload.finalized", upload, {"version": version.id}), now)
    change.update(
        store.row(upload.id),
        [store.UploadRow.state.set("checking"), store.UploadRow.version_id.set(version.id)],
        store.UploadRow.state == "waiting",
    )
    change.emit("upload.finalized", followed=False, upload_id=upload.id)
    if not _commit_once(change):
        return own_upload(actor, upload_id, now)
    return msgspec.structs.replace(upload, state="checking", version_id=version.id)


def record_verdict(verdict: Verdict, now: datetime) -> None:
    """Keep what the scanner found in one version, then let the file be looked into if that was all it waited for.

    Heard twice it changes nothing more; a verdict on something that is no upload of ours is ignored.
    """
    upload = store.upload(verdict.upload_id)
    if upload is None:
        return
    if store.verdict(verdict.upload_id, verdict.version_id) is None:
        facts: Facts = {"version": verdict.version_id, "status": verdict.status}
        change = Change(system("scanner"), _entry("upload.scanned", upload, facts), now)
        change.create(store.verdict_row(verdict))
        _commit_once(change)
    clear(verdict.upload_id, now)


def clear(upload_id: str, now: datetime, request_id: str = "") -> None:
    """Let an upload whose finalized version was found clean be looked into (inspection.py); close one that wasn't.

    Called when an upload is finalized and when a verdict comes in, in whichever order: whoever comes last finds both.
    """
    upload = store.upload(upload_id)
    if upload is None or upload.state != "checking" or upload.version_id is None:
        return
    verdict = store.verdict(upload_id, upload.version_id)
    if verdict is None:
        return
    actor = system("release", request_id)
    reason = domain.judge(upload, verdict)
    if reason is not None:
        _close(actor, upload, reason, now)
        return
    change = Change(actor, _entry("upload.cleared", upload, {"version": upload.version_id}), now)
    change.update(
        store.row(upload.id),
        [store.UploadRow.cleared.set(True)],
        (store.UploadRow.state == "checking") & store.UploadRow.cleared.does_not_exist(),
    )
    change.emit(
        "upload.cleared",
        followed=False,
        upload_id=upload.id,
        key=buckets.quarantine_key(upload),
        version_id=upload.version_id,
        extension=domain.extension(upload.file_name),
        size=str(upload.size),
        sha256=upload.sha256,
    )
    _commit_once(change)


def release(found: domain.Inspection, now: datetime, request_id: str = "") -> None:
    """Open an upload that is what it says; close one that isn't. Heard twice it changes nothing more.

    One that is about to be discarded stays closed, so that no copy is made while its files go.
    """
    upload = store.upload(found.upload_id)
    if upload is None or upload.state != "checking" or upload.version_id != found.version_id:
        return
    if not domain.may_be_released(upload, now):
        return
    actor = system("release", request_id)
    reason: domain.Reason | None = None if found.holds else "wrong_content"
    if reason is None and not buckets.release(upload, found.etag):
        reason = "not_checked"
    if reason is not None:
        _close(actor, upload, reason, now)
        return
    change = Change(actor, _entry("upload.released", upload, {"version": upload.version_id}), now)
    change.update(store.row(upload.id), [store.UploadRow.state.set("ready")], store.UploadRow.state == "checking")
    _commit_once(change)


def bind(
    change: Change, actor: Actor, mailbox_id: str, upload_ids: list[str], message_id: str
) -> tuple[Attachment, ...]:
    """Let a message that is being sent take uploads along; each goes into one message only (S-AZ-11).

    Raises Invalid: every upload must be the actor's, from that mailbox, ready and unsent; limits of MSG-8.
    """
    found = store.uploads(upload_ids)
    mine = {
        id_: upload
        for id_, upload in found.items()
        if upload.user_id == actor.id and upload.mailbox_id == mailbox_id and not domain.expired(upload, change.now)
    }
    errors = [
        FieldError(f"/upload_ids/{place}", "unknown_upload") for place, id_ in enumerate(upload_ids) if id_ not in mine
    ]
    uploads = [mine[id_] for id_ in upload_ids if id_ in mine]
    errors += domain.check_message(uploads)
    if errors:
        raise Invalid(fields=tuple(errors))
    for upload in uploads:
        free = (store.UploadRow.state == "ready") & store.UploadRow.message_id.does_not_exist()
        taken = Invalid(fields=(FieldError("/upload_ids", "already_sent"),))
        change.update(store.row(upload.id), [store.UploadRow.message_id.set(message_id)], free, taken)
    return tuple(
        Attachment(
            id=upload.id,
            file_name=upload.file_name,
            content_type=upload.content_type,
            size=upload.size,
            clean_key=buckets.clean_key(upload),
        )
        for upload in uploads
    )


def discard(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing:
    """Remove an upload that no message took in time (S-FILE-08) or has any more (MSG-10), with its files.

    First no message can take it any more, then the files go, then the item and the timer: a run that dies in between
    is taken up by the next.
    """
    upload = store.upload(timer.subject)
    if upload is None or not domain.expired(upload, now):
        return timers.Nothing()
    actor = system("housekeeping")
    if upload.state != "discarded":
        closing = Change(actor, _entry("upload.expired", upload, {}), now)
        free = store.UploadRow.message_id.does_not_exist()
        closing.update(store.row(upload.id), [store.UploadRow.state.set("discarded")], free)
        closing.commit(None)
    buckets.discard(upload)
    removing = Change(actor, _entry("upload.discarded", upload, {}), now)
    removing.delete(store.row(upload.id))
    if upload.version_id is not None:
        removing.delete(store.verdict_key(upload.id, upload.version_id))
    timers.finish(removing, timer)
    removing.commit(None)
    return timers.Done()


def discard_timer(upload_id: str, due: datetime) -> timers.Timer:
    """The timer by which the housekeeping removes an upload that nothing has (any more)."""
    return timers.Timer(schedule="housekeeping", kind="upload", subject=upload_id, due=due)


def _close(actor: Actor, upload: Upload, reason: domain.Reason, now: datetime) -> Upload:
    change = Change(actor, _entry("upload.refused", upload, {"reason": reason}), now)
    change.update(
        store.row(upload.id),
        [store.UploadRow.state.set("refused"), store.UploadRow.reason.set(reason)],
        store.UploadRow.state == upload.state,
    )
    _commit_once(change)
    closed = store.upload(upload.id)
    assert closed is not None
    return closed


def _commit_once(change: Change) -> bool:
    """Commit a step that another run may have taken a moment ago: then it is done. Whether this one did it."""
    try:
        change.commit(None)
    except Conflict:
        return False
    return True


def _is_sha256(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == 32
    except ValueError:
        return False


def _organization(actor: Actor) -> str | None:
    return actor.organization_id if isinstance(actor, Member) else None


def _entry(action: str, upload: Upload, facts: Facts) -> Entry:
    return Entry(action=action, object_id=upload.id, organization_id=upload.organization_id, after=facts)
