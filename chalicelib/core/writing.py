"""What counts as a character and as an address, by libraries that follow the standards; how a text is searched.

The libraries are imported when first used: few requests need them, and every cold start would pay.
"""

import unicodedata


def folded(text: str) -> str:
    """A text as it is searched and sorted: without case, without accents (ü finds u, and u finds ü)."""
    # Letters of mathematics and signs such as ℡ have their case only once they are taken apart.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))


def sort_key(text: str) -> str:
    """A text as a key of an index orders it: no longer than a key may be (1,024 bytes), however much folding adds."""
    return folded(text)[:200]


def clusters(text: str) -> int:
    """Number of grapheme clusters of a text (Unicode UAX #29): what a person counts as characters."""
    import regex  # noqa: PLC0415 - see above

    return len(regex.findall(r"\X", text))


def is_address(text: str) -> bool:
    """Whether a text is an address that mail can go to: no display name, no quoted local part (S-IO-07, RFC 5321)."""
    found = _mailed(text)
    try:
        compared = text.rpartition("@")[2].encode("idna").decode().lower()
    except UnicodeError:
        return False
    # Some letters read as others where addresses are compared and not in today's domain names, as ß and ss: two
    # mailboxes, one claim (S-AUTH-01).
    return found is not None and found.rpartition("@")[2].lower() == compared


def mailed(address: str) -> str:
    """An address as SES takes it: the domain in ASCII."""
    return address if address.isascii() else _mailed(address) or address


def _mailed(text: str) -> str | None:
    import email_validator  # noqa: PLC0415 - see above

    try:
        found = email_validator.validate_email(
            text, check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except email_validator.EmailNotValidError:
        return None
    return found.ascii_email
