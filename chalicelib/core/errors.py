"""What can be refused, and how: every error knows its status and a stable code (RFC 9457, PLT-3).

Rules and actions raise these; the door (`core.http`) renders them once, with the text of `code` from the catalogue.
"""

from typing import Self

import msgspec


class FieldError(msgspec.Struct, frozen=True):
    """One wrong field: a JSON pointer (RFC 6901) and a stable code with a text `field.<code>` in the catalogue."""

    pointer: str
    code: str
    limit: int | None = None
    """The bound that was broken, where the text names one."""


class Refusal(Exception):
    """A request that isn't granted. `code` has a text `problem.<code>` in every catalogue."""

    status = 400
    code = "bad_request"

    def __init__(
        self,
        code: str | None = None,
        *,
        fields: tuple[FieldError, ...] = (),
        retry_after: int | None = None,
        access_level: str = "",
    ) -> None:
        self.code = code or type(self).code
        self.fields = fields
        self.retry_after = retry_after
        self.access_level = access_level
        super().__init__(self.code)

    def anew(self) -> Self:
        """The same refusal, not yet raised: one that was raised keeps its frames and what is in them (S-SESS-04)."""
        made = type(self).__new__(type(self), *self.args)
        made.code, made.fields, made.retry_after = self.code, self.fields, self.retry_after
        made.access_level = self.access_level
        return made


class BadRequest(Refusal):
    """The request itself is broken: not JSON, forged cursor, wrong header."""


class Unauthenticated(Refusal):
    """Nobody is signed in, or the sign-in failed."""

    status = 401
    code = "signed_out"


class Forbidden(Refusal):
    """Signed in, but not allowed to; leaves an audit record of the refusal (AUD-1)."""

    status = 403
    code = "forbidden"


class NotFound(Refusal):
    """Not there or not yours: the same answer for both (house rule 7)."""

    status = 404
    code = "not_found"


class MethodNotAllowed(Refusal):
    status = 405
    code = "method_not_allowed"


class Conflict(Refusal):
    """The state of the thing doesn't allow it (any more)."""

    status = 409
    code = "changed_meanwhile"


class LinkExpired(Refusal):
    """A one-time link that was used, has ended, was replaced or never was: the same for all (S-AUTH-08)."""

    status = 410
    code = "link_expired"


class Stale(Refusal):
    """The edit was made of an earlier version than is there now (PLT-3, RFC 9110 If-Match)."""

    status = 412
    code = "stale"


class VersionMissing(Refusal):
    """An edit that doesn't say of which version it was made (RFC 6585)."""

    status = 428
    code = "version_missing"


class TooLarge(Refusal):
    status = 413
    code = "too_large"


class WrongMediaType(Refusal):
    status = 415
    code = "wrong_media_type"


class TooManyAttempts(Refusal):
    """Too many failures or requests of this kind; `retry_after` says when the next one may be tried (CRD-7)."""

    status = 429
    code = "too_many_attempts"


class Invalid(Refusal):
    """Well-formed, but some fields break rules; `fields` names every one."""

    status = 422
    code = "invalid"


class Busy(Refusal):
    """Too much at once; the client may try again after `retry_after` seconds."""

    status = 503
    code = "busy"

    def __init__(self) -> None:
        super().__init__(retry_after=1)


class TooManyRows(Exception):
    """A change was built with more rows than one transaction takes: a fault of ours, never of the caller's."""
