"""Who may give what (ACC-5, ACC-6, ORG-7), what a comment may be (ACC-4), and which names look shared (ACC-2)."""

import pytest

from chalicelib.accounts.domain import Membership, comments, names, normalised, rights
from chalicelib.core import writing
from chalicelib.core.access import AccessLevel, Role
from chalicelib.core.errors import FieldError
from chalicelib.organizations.domain import Organization

ORGANIZATION = Organization(
    id="org_0000000001",
    tin="000000001",
    name="Maple Example Clinic",
    npis=frozenset({"1234567893"}),
    entitlements=frozenset({"claims", "eligibility"}),
)
SEAT: Role = "local_administrator"


def had(role: Role = "general_user", *levels: AccessLevel) -> Membership:
    return Membership(
        id="m", organization_id="o", user_id="u", name="n", email="e", role=role, access_levels=frozenset(levels)
    )


def errors(
    before: Membership | None, role: Role, levels: set[AccessLevel], providers: set[str]
) -> set[tuple[str, str]]:
    found = rights.check_granted(ORGANIZATION, before, role, levels, providers)
    return {(error.pointer, error.code) for error in found}


def test_what_may_be_granted() -> None:
    assert errors(None, "general_user", {"claims"}, {"1234567893"}) == set()
    assert errors(None, "backup_administrator", set(), set()) == set()


def test_nothing_beyond_the_entitlements() -> None:
    """ORG-7: granted anew, that is; what somebody has may stay."""
    assert errors(None, "general_user", {"assessments"}, set()) == {("/access_levels", "not_entitled")}
    assert errors(had("general_user", "assessments"), "general_user", {"assessments", "claims"}, set()) == set()


def test_manage_account_follows_the_role() -> None:
    """ACC-5: general roles cannot manage the account."""
    assert errors(None, "general_user", {"manage_account"}, set()) == {("/access_levels", "follows_role")}
    assert rights.effective_levels("general_user", {"manage_account", "claims"}) == {"claims"}
    assert rights.effective_levels("backup_administrator", {"claims"}) == {"claims", "manage_account"}


@pytest.mark.parametrize(("before", "after"), [("general_user", SEAT), (SEAT, "general_user"), (None, SEAT)])
def test_the_seat_moves_by_handover_only(before: Role | None, after: Role) -> None:
    """ORG-5."""
    found = errors(had(before) if before else None, after, set(), set())
    assert found == {("/role", "seat_moves_by_handover")}


def test_providers_are_of_the_organization() -> None:
    """ACC-7."""
    assert errors(None, "general_user", set(), {"1245319599"}) == {("/providers", "not_of_this_organization")}


@pytest.mark.parametrize(
    ("comment", "fits"),
    [
        ("x" * 200, True),
        ("x" * 201, False),
        ("👩‍👩‍👧‍👦" * 80, True),  # one character each for a person, 25 bytes
        ("👩‍👩‍👧‍👦" * 81, False),
        ("e\u0301" * 200, True),
        ("e\u0301" * 201, False),
        ("a" + "\u0301" * 1000, False),  # one character, but too many bytes
        ("שלום" * 50, True),
    ],
)
def test_a_comment_of_two_hundred_characters(comment: str, fits: bool) -> None:
    """ACC-4: grapheme clusters, and 2,000 bytes."""
    found = comments.check(comment, writing.clusters(comment), required=False)
    assert found == ([] if fits else [FieldError("/comment", "comment_too_long", 200)])


def test_a_comment_that_is_needed() -> None:
    assert comments.check("", 0, required=True) == [FieldError("/comment", "required")]
    assert comments.check("", 0, required=False) == []


@pytest.mark.parametrize(
    "name",
    [
        "Nguyen Thi Anh", "O'Brien-Garcia Maria", "李小龍", "Müller-Lüdenscheidt", "Anne Office", "José Ñandú",
        "Ng Xi", "Xiong Mai Yer", "Jean-Luc Picard", "김영희", "van der Berg",
    ],
)  # fmt: skip
def test_names_of_people_are_not_asked_about(name: str) -> None:
    """ACC-2, S-SHARE-02."""
    assert names.looks_shared(name, "n.n@maple.example", 0) == []


@pytest.mark.parametrize("name", ["Front Desk", "Billing", "Office Manager", "reception", "Admin", "Nurse"])
def test_names_of_places_are(name: str) -> None:
    assert [error.pointer for error in names.looks_shared(name, "n.n@maple.example", 0)] == ["/name"]


@pytest.mark.parametrize("email", ["billing@maple.example", "front.desk@maple.example", "Office-2@maple.example"])
def test_addresses_of_places_are(email: str) -> None:
    assert [error.pointer for error in names.looks_shared("Gina Sample", email, 0)] == ["/email"]


def test_one_number_for_many_is() -> None:
    assert names.looks_shared("Gina Sample", "gina@maple.example", 1) == []
    assert [error.pointer for error in names.looks_shared("Gina Sample", "gina@maple.example", 2)] == ["/phone"]


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("anh@maple.example", True), ("o'brien@maple.example", True), ("a+b@maple.example", True),
        ("Gina <gina@maple.example>", False), ('"a b"@maple.example', False), ("müller@maple.example", False),
        ("a@bücher.example", True), ("a@xn--bcher-kva.example", True), ("A@Maple.Example", True),
        # Read as a@wellness.example where sign-ins are compared, but the mail would go elsewhere (S-AUTH-01).
        ("a@wellneß.example", False), ("a@xn--wellne-gta.example", True), ("a@βόλος.example", False),
        ("a@b", False), ("a@maple.example\r\nBcc: x@y.example", False), ("@maple.example", False),
    ],
)  # fmt: skip
def test_addresses(address: str, is_one: bool) -> None:
    """S-IO-07."""
    assert writing.is_address(address) == is_one


def test_mail_goes_where_the_sign_in_is_claimed() -> None:
    """S-AUTH-01, S-AUTH-08: nobody can claim somebody's sign-in with an address that another mailbox has."""
    addresses = [f"gina@maple{chr(code)}x.example" for code in range(0x80, 0x600)]
    taken = [address for address in addresses if writing.is_address(address)]
    assert len(taken) > 500
    assert {address for address in taken if writing.mailed(address) != normalised(address)} == set()
