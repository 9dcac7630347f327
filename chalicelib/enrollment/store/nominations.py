"""Items of nominations in the directory table (ORG-1; docs/data-model.md)."""

from collections.abc import Iterable, Sequence
from datetime import UTC

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Refusal
from chalicelib.core.tables import DirectoryRow, DirectoryRows, ListedRow
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.domain.nominations import Nomination, Place, Round, SignedForm

MOST_ROUNDS = 50
"""Earlier rounds that are read of a nomination, the newest ones."""

_LIST = "NOMINATIONS"
# In the order of the whole list; what staff have to do comes first.
_PLACES: dict[Place, str] = {"to_verify": "1", "out": "2", "ended": "3"}


class NominationRow(DirectoryRow, discriminator="nomination"):
    """pk `ORG#<organization id>`, sk `NOMINATION#<nomination id>`."""

    document = UnicodeAttribute()
    version = NumberAttribute()


class CurrentRow(DirectoryRow, discriminator="current_nomination"):
    """The newest nomination of an organization: pk `ORG#<organization id>`, sk `NOMINATION`.

    Another one takes its place under the condition that it is still this one, so that two can't begin at once.
    """

    nomination_id = UnicodeAttribute()


class FormRow(DirectoryRow, discriminator="nomination_form"):
    """What was signed in a round: pk `ORG#<organization id>`, sk `NOMINATION_FORM#<nomination id>#<round>`.

    Written once. `document` is the form as its digest was made of it.
    """

    document = UnicodeAttribute()


class RoundRow(DirectoryRow, discriminator="nomination_round"):
    """A round that is over: pk `ORG#<organization id>`, sk `NOMINATION_ROUND#<nomination id>#<round>`. Written once."""

    document = UnicodeAttribute()


class ListRow(ListedRow, discriminator="nomination_on_list"):
    """A nomination's place on the list: pk `NOMINATIONS`, sk `<nomination id>`; written and moved with it."""

    organization_id = UnicodeAttribute()


class KeptForm(msgspec.Struct, frozen=True):
    """A signed form, with the digest of what is kept, made anew."""

    round: int
    form: SignedForm
    sha256: str


def key(organization_id: str, nomination_id: str) -> tuple[str, str]:
    """Key of a nomination."""
    return f"ORG#{organization_id}", f"NOMINATION#{nomination_id}"


def current_key(organization_id: str) -> tuple[str, str]:
    """Key of what tells which nomination of an organization is the newest."""
    return f"ORG#{organization_id}", "NOMINATION"


def form_key(organization_id: str, nomination_id: str, round_: int) -> tuple[str, str]:
    """Key of what was signed in a round."""
    return f"ORG#{organization_id}", f"NOMINATION_FORM#{nomination_id}#{round_:04}"


def nomination(organization_id: str, nomination_id: str) -> Nomination | None:
    """A nomination of an organization, read strongly; None for foreign and unknown ids alike."""
    return among(DirectoryRows([key(organization_id, nomination_id)]), organization_id, nomination_id)


def among(rows: DirectoryRows, organization_id: str, nomination_id: str) -> Nomination | None:
    """Likewise, of rows that were read together."""
    row = rows.get(NominationRow, key(organization_id, nomination_id))
    return None if row is None else _nomination(row)


def current(organization_id: str) -> Nomination | None:
    """The newest nomination of an organization, open or not: two strong reads."""
    found = DirectoryRows([current_key(organization_id)]).get(CurrentRow, current_key(organization_id))
    return None if found is None else nomination(organization_id, found.nomination_id)


def current_id_among(rows: DirectoryRows, organization_id: str) -> str | None:
    """Id of the newest nomination of an organization, of rows that were read together."""
    found = rows.get(CurrentRow, current_key(organization_id))
    return None if found is None else found.nomination_id


def by_id(found: Iterable[tuple[str, str]]) -> dict[str, Nomination]:
    """Nominations by their ids, of pairs of organization and nomination ids: one batch."""
    pairs = list(found)
    rows = DirectoryRows([key(*pair) for pair in pairs]) if pairs else None
    read = (among(rows, *pair) for pair in pairs) if rows is not None else ()
    return {one.id: one for one in read if one is not None}


def plan(planned: Change, before: Nomination | None, after: Nomination, error: Refusal | None = None) -> None:
    """Plan what becomes of a nomination, and its place on the list; `after` is one version on.

    `before`: as it was read, or None for a new one, whose place as the current one is the caller's (`plan_current`).
    The commit raises `error` when somebody was faster.
    """
    row = _row(after)
    if before is None:
        planned.create(row, error)
    else:
        planned.put(row, unchanged(before), error or Conflict())
    planned.put(_on_list(after))


def plan_current(planned: Change, before: Nomination | None, after: Nomination, error: Refusal | None = None) -> None:
    """Plan that a new nomination is the current one, in the place of the one that was read."""
    row = CurrentRow
    same = row.pk.does_not_exist() if before is None else row.nomination_id == before.id
    planned.put(row(*current_key(after.organization_id), nomination_id=after.id), same, error or Conflict())


def unchanged(before: Nomination) -> Condition:
    """Condition on the item: as it was read."""
    condition: Condition = NominationRow.version == before.version
    return condition


def require(planned: Change, before: Nomination, error: Refusal | None = None) -> None:
    """Plan the check that a nomination is still as it was read."""
    row = NominationRow(*key(before.organization_id, before.id))
    planned.check(row, unchanged(before), error or Conflict())


def plan_form(planned: Change, nomination_: Nomination, kept: str, error: Refusal) -> None:
    """Plan that a form was signed, as it is kept for good. The commit raises `error` when one was in this round."""
    place = form_key(nomination_.organization_id, nomination_.id, nomination_.round)
    planned.create(FormRow(*place, document=kept), error)


def plan_round(planned: Change, nomination_: Nomination, ended: Round) -> None:
    """Plan that a round is over."""
    pk, _ = key(nomination_.organization_id, nomination_.id)
    sk = f"NOMINATION_ROUND#{nomination_.id}#{ended.number:04}"
    planned.create(RoundRow(pk, sk, document=msgspec.json.encode(ended).decode()))


def form(nomination_: Nomination, round_: int) -> KeptForm | None:
    """What was signed in a round, if anything was."""
    place = form_key(nomination_.organization_id, nomination_.id, round_)
    return form_among(DirectoryRows([place]), nomination_, round_)


def form_among(rows: DirectoryRows, nomination_: Nomination, round_: int) -> KeptForm | None:
    """Likewise, of rows that were read together."""
    row = rows.get(FormRow, form_key(nomination_.organization_id, nomination_.id, round_))
    return None if row is None else _kept(row)


def forms(nomination_: Nomination) -> list[KeptForm]:
    """What was signed in all rounds, the newest first."""
    sk = FormRow.sk.startswith(f"NOMINATION_FORM#{nomination_.id}#")
    rows = FormRow.query(
        f"ORG#{nomination_.organization_id}",
        sk,
        limit=MOST_ROUNDS + 1,
        scan_index_forward=False,
        consistent_read=True,
    )
    return [_kept(row) for row in rows]


def rounds(nomination_: Nomination) -> list[Round]:
    """The rounds before the present one, the newest first."""
    sk = RoundRow.sk.startswith(f"NOMINATION_ROUND#{nomination_.id}#")
    rows = RoundRow.query(
        f"ORG#{nomination_.organization_id}", sk, limit=MOST_ROUNDS, scan_index_forward=False, consistent_read=True
    )
    return [msgspec.json.decode(row.document, type=Round) for row in rows]


def page(place: Place | None, cursor: str | None, size: int, scope: tuple[str, ...]) -> cursors.Page[tuple[str, str]]:
    """A page of the list, as pairs of organization and nomination ids: what waits for staff first, the oldest first.

    What has ended stands with the newest first when it is asked for alone. The index lags behind by moments.
    """
    scope = (*scope, "nominations", place or "")
    start = cursors.open_(cursor, scope) if cursor else None
    rows: Sequence[ListRow] = list(
        ListRow.by_status.query(
            _LIST,
            ListRow.sort_status.startswith(f"{_PLACES[place]}#") if place is not None else None,
            scan_index_forward=place != "ended",
            last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
            limit=size + 1,
        )
    )
    shown = rows[:size]
    following = None
    if len(rows) > size:
        last = shown[-1]
        following = cursors.seal({"pk": last.pk, "sk": last.sk, "sort_status": last.sort_status}, scope)
    return cursors.Page([(row.organization_id, row.sk) for row in shown], following)


def first_to_verify(most: int) -> tuple[list[tuple[str, str]], bool]:
    """The first of those that wait to be verified, as `page` has them, and whether there are more."""
    found = page("to_verify", None, most, ("first",))
    return found.items, found.next_cursor is not None


def _row(nomination_: Nomination) -> NominationRow:
    document = msgspec.json.encode(nomination_).decode()
    return NominationRow(
        *key(nomination_.organization_id, nomination_.id), document=document, version=nomination_.version
    )


def _nomination(row: NominationRow) -> Nomination:
    return msgspec.json.decode(row.document, type=Nomination)


def _on_list(nomination_: Nomination) -> ListRow:
    place = rules.place(nomination_)
    at = {"to_verify": nomination_.signed_at, "out": nomination_.sent_at, "ended": nomination_.decided_at}[place]
    instant = (at or nomination_.sent_at).astimezone(UTC).isoformat(timespec="milliseconds")
    return ListRow(
        _LIST,
        nomination_.id,
        organization_id=nomination_.organization_id,
        sort_status=f"{_PLACES[place]}#{instant}#{nomination_.id}",
    )


def _kept(row: FormRow) -> KeptForm:
    decoded = msgspec.json.decode(row.document, type=SignedForm)
    return KeptForm(int(row.sk.rpartition("#")[2]), decoded, rules.sha256(row.document))
