"""Who decides about a nomination for the plan has nothing to gain by it (ORG-1, S-AZ-06, S-AZ-07)."""

from chalicelib.accounts import foreign
from chalicelib.accounts.domain import normalised
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Forbidden
from chalicelib.enrollment.nomination_dossiers import Dossier


def require(planned: Change, found: Dossier, actor: Staff) -> None:
    """Plan that one of the staff is not of the practice, and isn't who is nominated, nor the executive.

    Raises Forbidden `own_account` for whom the form names, `of_organization` for the executive, by user or address; so
    does the commit for a member of the practice.
    """
    require_user(planned, found, actor.id)
    if found.form is not None and normalised(actor.email) == normalised(found.form.form.administrator_email):
        raise Forbidden("own_account")
    if normalised(actor.email) in map(normalised, found.executive_addresses):
        raise Forbidden("of_organization")


def require_user(planned: Change, found: Dossier, user_id: str) -> None:
    """Likewise for somebody of whom only the id is known, as for who verified the form."""
    if found.nominee_id == user_id:
        raise Forbidden("own_account")
    if user_id in found.executive_ids:
        raise Forbidden("of_organization")
    foreign.require(planned, found.organization.id, user_id)
