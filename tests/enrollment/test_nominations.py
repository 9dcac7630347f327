"""Rules of nominations: rounds, the 14 days, what is signed and what is verified (ORG-1, ORG-2)."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from chalicelib.core.errors import Conflict
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.domain.nominations import Nomination, SignedForm, Verification
from chalicelib.organizations.domain import Organization

SENT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
MAPLE = Organization(
    id="org_maple00000",
    tin="000000001",
    name="Maple Example Clinic",
    npis=frozenset({"1234567893"}),
    executive_name="Cleo Fictional",
    executive_email="chief@maple.example",
)
FORM = SignedForm(
    practice_name="Maple Example Clinic",
    tin="000000001",
    npis=("1234567893",),
    executive_name="Cleo Fictional",
    executive_email="chief@maple.example",
    administrator_name="Nora Newcomer",
    administrator_email="nora.newcomer@people.example",
    administrator_phone="555-0100-7",
    authority="Owner",
    signature="Cleo Fictional",
    consent_version="1",
    consent_text="I sign.",
    language="en",
    signed_at=SENT + DAY,
    address="192.0.2.7",
)


def _sent(before: Nomination | None = None, now: datetime = SENT) -> Nomination:
    return rules.sent(MAPLE, before, "nom_1", "usr_1", now, successor=False)


def _signed() -> Nomination:
    return msgspec.structs.replace(_sent(), state="signed", signed_at=SENT + DAY, form_sha256="x", version=2)


def _verified(**changes: object) -> Nomination:
    found = Verification(
        tin_matches=True, npis_match=True, tin=MAPLE.tin, npis=rules.npis(MAPLE), by="u", by_name="n", at=SENT + 2 * DAY
    )
    return msgspec.structs.replace(_signed(), verification=msgspec.structs.replace(found, **changes))


@pytest.mark.parametrize(("after", "is_out", "shown"), [(-SECOND, True, "sent"), (0 * DAY, False, "expired")])
def test_a_form_is_out_for_fourteen_days_to_the_second(after: timedelta, is_out: bool, shown: str) -> None:
    """ORG-1: one second before, and at that very second."""
    now = SENT + 14 * DAY + after
    assert rules.form_is_out(_sent(), now) is is_out
    assert rules.shown_state(_sent(), now) == shown
    assert rules.shown_state(_sent(), now + SECOND) == "expired"


def test_states_as_people_see_them() -> None:
    """ORG-2: opened and expired follow from instants; what is decided doesn't expire."""
    opened = msgspec.structs.replace(_sent(), opened_at=SENT)
    assert rules.shown_state(opened, SENT) == "opened"
    assert rules.shown_state(opened, SENT + 14 * DAY) == "expired"
    for state in ("signed", "approved", "withdrawn"):
        ended = msgspec.structs.replace(opened, state=state)
        assert rules.shown_state(ended, SENT + 99 * DAY) == state
    places = [rules.place(msgspec.structs.replace(_sent(), state=state)) for state in ("sent", "returned", "signed")]
    assert places == ["out", "out", "to_verify"]
    assert rules.place(msgspec.structs.replace(_sent(), state="withdrawn")) == "ended"


def test_a_fresh_form_is_the_next_round_of_the_same_nomination() -> None:
    """ORG-1: to whoever is the executive then, for 14 days from then."""
    again = rules.sent(MAPLE, _sent(), "nom_2", "usr_2", SENT + 20 * DAY, successor=False)
    assert (again.id, again.round, again.version) == ("nom_1", 2, 2)
    assert again.ends_at == SENT + 34 * DAY
    assert again.reminded == 0


def test_after_the_end_another_nomination_begins() -> None:
    """ORG-1, ORG-4."""
    for state in ("approved", "withdrawn"):
        after = _sent(msgspec.structs.replace(_sent(), id="nom_0", state=state, round=3))
        assert (after.id, after.round, after.version) == ("nom_1", 1, 1)


@pytest.mark.parametrize(
    ("changes", "before", "code"),
    [
        ({"closed_at": SENT}, None, "organization_closed"),
        ({"executive_email": ""}, None, "executive_unknown"),
        ({"executive_name": ""}, None, "executive_unknown"),
        ({}, _signed(), "nomination_open"),
    ],
)
def test_what_keeps_a_form_from_going_out(changes: dict[str, object], before: Nomination | None, code: str) -> None:
    """ORG-1, ORG-9."""
    organization = msgspec.structs.replace(MAPLE, **changes)
    with pytest.raises(Conflict, match=code):
        rules.sent(organization, before, "nom_9", "u", SENT, successor=False)


def test_what_is_returned_is_verified_anew() -> None:
    """ORG-1: the next round has the reason, a link that lives for 14 days, and nothing of what was signed."""
    after = rules.returned(_verified(), MAPLE, "usr_2", "Who is that?", SENT + 3 * DAY)
    assert (after.state, after.round, after.return_reason) == ("returned", 2, "Who is that?")
    assert (after.verification, after.signed_at, after.form_sha256, after.opened_at) == (None, None, None, None)
    assert after.ends_at == SENT + 17 * DAY
    ended = rules.ended_round(_verified(), "returned", "usr_2", "Who is that?", SENT + 3 * DAY)
    assert (ended.number, ended.form_sha256, ended.reason) == (1, "x", "Who is that?")
    assert ended.verification is not None
    with pytest.raises(Conflict, match="nomination_sent"):
        rules.returned(_sent(), MAPLE, "usr_2", "", SENT)


@pytest.mark.parametrize(
    "changes",
    [
        {"tin_matches": False},
        {"npis_match": False},
        {"at": SENT + DAY - SECOND},
        {"tin": "000000002"},
        {"npis": ()},
    ],
)
def test_only_a_match_of_this_round_with_what_is_known_now_counts(changes: dict[str, object]) -> None:
    """ORG-1: made after the signature, with the number and the NPIs that the practice has now."""
    with pytest.raises(Conflict, match="not_verified"):
        rules.require_verified(_verified(**changes), MAPLE)


def test_a_match_counts() -> None:
    """ORG-1."""
    assert rules.require_verified(_verified(), MAPLE).by == "u"
    assert rules.require_verified(_verified(at=SENT + DAY), MAPLE).by == "u"
    with pytest.raises(Conflict, match="not_verified"):
        rules.require_verified(_signed(), MAPLE)


def test_the_digest_is_of_every_letter() -> None:
    """ORG-1: the same form has the same digest, and any other another."""
    digest = rules.sha256(rules.canonical(FORM))
    assert digest == rules.sha256(rules.canonical(msgspec.json.decode(rules.canonical(FORM), type=SignedForm)))
    assert len(digest) == 64
    for field in SignedForm.__struct_fields__:
        value = getattr(FORM, field)
        other = value + SECOND if isinstance(value, datetime) else (*value, "1") if field == "npis" else f"{value} "
        changed = msgspec.structs.replace(FORM, **{field: other})
        assert rules.sha256(rules.canonical(changed)) != digest, field


def test_consent_is_to_the_present_words_in_a_language() -> None:
    """ORG-1: version and language of the words that were read."""
    assert rules.consent_language(rules.consent("es")) == "es"
    assert rules.check_consent(rules.consent("en"), consented=True) == []
    for wrong in ("", "1", "0-en", "1-de", "1-en "):
        (error,) = rules.check_consent(wrong, consented=True)
        assert (error.pointer, error.code) == ("/consent_version", "consent_changed")
    (error,) = rules.check_consent(rules.consent("en"), consented=False)
    assert (error.pointer, error.code) == ("/consented", "consent_required")


@pytest.mark.parametrize(
    ("after", "reminded", "due"),
    [
        (7 * DAY - SECOND, 0, None),
        (7 * DAY, 0, 7),
        (7 * DAY, 7, None),
        (12 * DAY - SECOND, 7, None),
        (12 * DAY, 7, 12),
        (13 * DAY, 0, 12),
        (12 * DAY, 12, None),
        (14 * DAY, 7, None),
    ],
)
def test_reminders_after_seven_and_twelve_days(after: timedelta, reminded: int, due: int | None) -> None:
    """ORG-2: of those that have passed the last, once, while the form is out."""
    nomination = msgspec.structs.replace(_sent(), reminded=reminded)
    assert rules.reminder_due(nomination, SENT + after) == due


def test_who_has_answered_is_not_reminded() -> None:
    """ORG-2."""
    for state in ("signed", "approved", "withdrawn"):
        answered = msgspec.structs.replace(_sent(), state=state)
        assert rules.reminder_due(answered, SENT + 12 * DAY) is None
        assert rules.next_reminder(answered, SENT) is None


def test_the_next_reminder() -> None:
    """ORG-2."""
    assert rules.next_reminder(_sent(), SENT) == SENT + 7 * DAY
    assert rules.next_reminder(_sent(), SENT + 7 * DAY) == SENT + 12 * DAY
    assert rules.next_reminder(msgspec.structs.replace(_sent(), reminded=7), SENT + 8 * DAY) == SENT + 12 * DAY
    assert rules.next_reminder(_sent(), SENT + 12 * DAY) is None


def test_names_are_compared_without_case_and_spaces() -> None:
    assert not rules.names_differ("Maple  Example Clinic ", "maple example clinic")
    assert rules.names_differ("Maple Example Clinic", "Maple Example Clinics")
