"""Who verified whom, when, and what they saw (REV-5)."""

from datetime import datetime

from chalicelib.access_reviews.actions import exports
from chalicelib.access_reviews.actions.exports import Exporting
from chalicelib.access_reviews.domain.evidence import Evidence
from chalicelib.access_reviews.store import decisions
from chalicelib.core.access import Member, Staff, administrators, staff
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.errors import NotFound
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.organizations import store as organizations

routes = Routes(__name__)

PAGE = 25


@routes.route(
    "/review-decisions",
    method="GET",
    who=administrators(),
    summary="The decisions of your organization's reviews, newest first",
    errors=((400, "bad_cursor"),),
)
def list_review_decisions(actor: Member, query: PageQuery) -> Page[Evidence]:
    """Verbatim, with what the reviewer saw; what was typed is to be shown as text."""
    return decisions.page(actor.organization_id, query.cursor, PAGE, (actor.membership_id,))


@routes.route(
    "/organizations/{organization_id}/review-decisions",
    method="GET",
    who=staff("enrollment", "auditor"),
    summary="The decisions of an organization's reviews, newest first",
    errors=((400, "bad_cursor"),),
)
def list_organization_review_decisions(actor: Staff, organization_id: Id, query: PageQuery) -> Page[Evidence]:
    """Likewise, for the plan."""
    if organizations.find(organization_id) is None:
        raise NotFound
    return decisions.page(organization_id, query.cursor, PAGE, (actor.id,))


@routes.route(
    "/review-exports",
    method="POST",
    who=administrators(),
    summary="Export the decisions of your organization's reviews as CSV",
    step_up=True,
    status=202,
    creates=True,
)
def export_reviews(actor: Member, now: datetime) -> Exporting:
    """A long work: its result downloads through `/work/{work_id}/result`."""
    return exports.export(actor, now)
