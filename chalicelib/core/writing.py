"""What counts as a character and as an address, by libraries that follow the standards.

Both are imported when first used: few requests need them, and every cold start would pay.
"""


def clusters(text: str) -> int:
    """Number of grapheme clusters of a text (Unicode UAX #29): what a person counts as characters."""
    import regex  # noqa: PLC0415 - see above

    return len(regex.findall(r"\X", text))


def is_address(text: str) -> bool:
    """Whether a text is an address that mail can go to: no display name, no quoted local part (S-IO-07, RFC 5321)."""
    import email_validator  # noqa: PLC0415 - see above

    try:
        email_validator.validate_email(text, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except email_validator.EmailNotValidError:
        return False
    return True
