"""The plan looks into reviews that were decided too fast (S-AZ-09)."""

from datetime import datetime

import msgspec

from chalicelib.access_reviews.domain.evidence import Reviewer
from chalicelib.access_reviews.domain.pace import Settled, Suspect
from chalicelib.access_reviews.store import pace
from chalicelib.accounts import foreign
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Forbidden, NotFound
from chalicelib.core.journal import Entry


def settle(actor: Staff, suspect_id: str, finding: str, now: datetime) -> Suspect:
    """Say what came of looking into it.

    Nobody settles what they decided themself, or what was decided in a practice they belong to. Raises NotFound,
    Conflict `review_settled`, Forbidden `of_organization`.
    """
    before = pace.suspect(suspect_id)
    if before is None:
        raise NotFound
    if before.settled is not None:
        raise Conflict("review_settled")
    if before.reviewer.id == actor.id:
        raise Forbidden("of_organization")
    after = msgspec.structs.replace(before, settled=Settled(Reviewer(actor.id, actor.name), now, finding))
    entry = Entry(action="suspect_review.settled", object_id=before.id, organization_id=before.organization_id)
    planned = Change(actor, entry, now)
    pace.settle(planned, after)
    foreign.require(planned, before.organization_id, actor.id)
    return planned.commit(after)
