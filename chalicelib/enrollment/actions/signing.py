"""The executive reads the form behind the mailed link, fills it in and signs it (ORG-1, S-MAIL-02).

The link says whose form it is and is worth something only while the round that it was mailed for waits for an answer:
signing needs that very state, so of several links, and of two signatures at once, one counts. Looking spends nothing.
"""

from datetime import datetime

import msgspec

from chalicelib.core import access, links, texts, writing
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid, LinkExpired
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.texts import Language
from chalicelib.credentials import throttles
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.domain.nominations import Nomination, SignedForm
from chalicelib.enrollment.store import nominations as store
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization

# Counted apart: who read the form may sign it, however often it was opened there.
_LOOK, _SIGN = "nomination_look", "nomination_sign"


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """A form that waits to be signed, with what the plan knows."""

    nomination: Nomination
    organization: Organization


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What an executive enters, verbatim."""

    practice_name: str
    administrator_name: str
    administrator_email: str
    administrator_phone: str
    authority: str
    signature: str
    consent_version: str
    consented: bool


def look(token: str, origin: access.Origin, now: datetime) -> Offered:
    """The form behind a link, which stays as it is; that it was opened is kept once (ORG-2).

    Raises LinkExpired, TooManyAttempts by where the request comes from.
    """
    throttles.form(_LOOK, origin, now)
    found, _ = _read(token, now)
    if not rules.form_is_out(found.nomination, now):
        raise LinkExpired
    if found.nomination.opened_at is None:
        _open(found.nomination, origin, now)
    return found


def sign(token: str, answers: Answers, origin: access.Origin, now: datetime) -> None:
    """Keep what the executive signs, for good, with its digest in the audit record (ORG-1).

    The same form sent again by the same link, as when an answer got lost, changes nothing and is no error. Raises
    LinkExpired, TooManyAttempts, Invalid naming every wrong field.
    """
    throttles.form(_SIGN, origin, now)
    until_kept(lambda: _sign(token, answers, origin, now))


def _sign(token: str, answers: Answers, origin: access.Origin, now: datetime) -> None:
    found, link_round = _read(token, now)
    before = found.nomination
    if before.state == "signed" and before.round == link_round:
        _require_same(before, answers)
        return
    if not rules.form_is_out(before, now):
        raise LinkExpired
    errors = rules.check_consent(answers.consent_version, consented=answers.consented)
    if not writing.is_address(answers.administrator_email):
        errors.append(FieldError("/administrator_email", "wrong_form"))
    if errors:
        raise Invalid(fields=tuple(errors))
    kept = rules.canonical(_form(found, answers, origin, now))
    after = msgspec.structs.replace(
        before,
        state="signed",
        signed_at=now,
        form_sha256=rules.sha256(kept),
        verification=None,
        version=before.version + 1,
    )
    planned = Change(_executive(before, origin), _entry("nomination.signed", after), now)
    store.plan(planned, before, after, Outrun())
    store.plan_form(planned, after, kept, Outrun())
    organizations.require_executive(planned, found.organization, Outrun())
    planned.emit(
        "nomination.signed", organization_id=after.organization_id, nomination_id=after.id, round=str(after.round)
    )
    planned.commit(None)


def _read(token: str, now: datetime) -> tuple[Offered, int]:
    """What a link is about, and the round it was mailed for, which is the present one. Raises LinkExpired."""
    link = links.look(token, "nomination", now)
    organization_id, nomination_id = link.subject["organization_id"], link.subject["nomination_id"]
    organization_key = organizations.organization_key(organization_id)
    rows = DirectoryRows([store.key(organization_id, nomination_id), organization_key])
    nomination = store.among(rows, organization_id, nomination_id)
    if nomination is None or str(nomination.round) != link.subject["round"]:
        raise LinkExpired
    organization = organizations.organization_among(rows, organization_id)
    if organization.closed or not rules.still_leads(nomination, organization):
        raise LinkExpired
    return Offered(nomination=nomination, organization=organization), nomination.round


def _open(before: Nomination, origin: access.Origin, now: datetime) -> None:
    after = msgspec.structs.replace(before, opened_at=now, version=before.version + 1)
    planned = Change(_executive(before, origin), _entry("nomination.opened", after), now)
    store.plan(planned, before, after, Outrun())
    planned.emit(
        "nomination.opened", organization_id=after.organization_id, nomination_id=after.id, round=str(after.round)
    )
    try:
        planned.commit(None)
    except Conflict:
        # Somebody else opened, signed or ended it at the same moment; the form that was read is shown.
        return


def _form(found: Offered, answers: Answers, origin: access.Origin, now: datetime) -> SignedForm:
    nomination, organization = found.nomination, found.organization
    language = rules.consent_language(answers.consent_version)
    assert language is not None  # or the answers would have been refused
    return SignedForm(
        practice_name=answers.practice_name,
        tin=organization.tin,
        npis=rules.npis(organization),
        executive_name=nomination.executive_name,
        executive_email=nomination.executive_email,
        administrator_name=answers.administrator_name,
        administrator_email=answers.administrator_email,
        administrator_phone=answers.administrator_phone,
        authority=answers.authority,
        signature=answers.signature,
        consent_version=rules.CONSENT_VERSION,
        consent_text=consent_text(language),
        language=language,
        signed_at=now,
        address=origin.address,
    )


def consent_text(language: Language) -> str:
    """The words that an executive agrees to (ORG-1)."""
    return texts.text(language, f"consent.nomination.{rules.CONSENT_VERSION}")


def _require_same(signed: Nomination, answers: Answers) -> None:
    kept = store.form(signed, signed.round)
    names = ("practice_name", "administrator_name", "administrator_email", "administrator_phone", "authority")
    same = kept is not None and all(
        getattr(kept.form, name) == getattr(answers, name) for name in (*names, "signature")
    )
    if not same:
        raise LinkExpired


def _executive(nomination: Nomination, origin: access.Origin) -> access.LinkHolder:
    """Whoever holds the link that was mailed to the executive; not a user."""
    return access.LinkHolder(id=nomination.id, origin=origin)


def _entry(action: str, nomination: Nomination) -> Entry:
    facts = {"round": nomination.round, "form_sha256": nomination.form_sha256}
    return Entry(action=action, object_id=nomination.id, organization_id=nomination.organization_id, after={**facts})
