"""The nomination form that a chief executive opens by the mailed link (ORG-1, S-MAIL-02)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import PUBLIC, Origin
from chalicelib.core.answers import Reply
from chalicelib.core.fields import Email, LinkToken, PersonName, Phone, Subject
from chalicelib.core.http import Routes
from chalicelib.core.texts import Language
from chalicelib.enrollment.actions import signing as actions
from chalicelib.enrollment.actions.signing import Answers, Offered
from chalicelib.enrollment.domain import nominations as rules

routes = Routes(__name__)

_OF_LINK = ((410, "link_expired"), (429, "too_many_attempts"))


class FormTokenBody(msgspec.Struct):
    """The token behind the `#` of the mailed link."""

    token: LinkToken


class Consent(msgspec.Struct):
    """The words that an executive agrees to."""

    version: str
    """To be sent back as it is: it stands for the words and the language that they were read in."""
    text: str


class FormView(msgspec.Struct, kw_only=True):
    """A form with what the plan knows."""

    practice_name: str
    tin: str
    npis: list[str]
    executive_name: str
    executive_email: str
    ends_at: datetime
    """From then on the link opens nothing."""
    return_reason: str
    """Why an earlier form was given back; empty when none was."""
    consent: Consent


class SignatureBody(msgspec.Struct, kw_only=True):
    """Whom the executive names, and their signature; kept as it is typed."""

    token: LinkToken
    practice_name: Subject
    administrator_name: PersonName
    administrator_email: Email
    administrator_phone: Phone
    authority: Subject
    """In which capacity they sign."""
    signature: PersonName
    """Their name, typed."""
    consent_version: Subject
    consented: bool


@routes.route(
    "/nomination-forms/look",
    method="POST",
    who=PUBLIC,
    summary="The nomination form behind a mailed link",
    errors=_OF_LINK,
)
def look_at_nomination_form(body: FormTokenBody, origin: Origin, language: Language, now: datetime) -> FormView:
    """Spends nothing. The same refusal for links that were used, ended, replaced, or never were."""
    return _view(actions.look(body.token, origin, now), language)


@routes.route(
    "/nomination-forms/sign",
    method="POST",
    who=PUBLIC,
    summary="Sign the nomination form behind a mailed link",
    status=204,
    returns=None,
    errors=_OF_LINK,
)
def sign_nomination_form(body: SignatureBody, origin: Origin, now: datetime) -> Reply:
    """Kept for good with the time and the address that it came from. Of several at once, one counts."""
    answers = Answers(
        practice_name=body.practice_name,
        administrator_name=body.administrator_name,
        administrator_email=body.administrator_email,
        administrator_phone=body.administrator_phone,
        authority=body.authority,
        signature=body.signature,
        consent_version=body.consent_version,
        consented=body.consented,
    )
    actions.sign(body.token, answers, origin, now)
    return Reply()


def _view(found: Offered, language: Language) -> FormView:
    nomination, organization = found.nomination, found.organization
    return FormView(
        practice_name=organization.name,
        tin=organization.tin,
        npis=list(rules.npis(organization)),
        executive_name=nomination.executive_name,
        executive_email=nomination.executive_email,
        ends_at=nomination.ends_at,
        return_reason=nomination.return_reason,
        consent=Consent(rules.consent(language), actions.consent_text(language)),
    )
