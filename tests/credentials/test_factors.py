"""The second factor: when a code works, and that it works once (CRD-9, S-AUTH-14)."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from botocore.exceptions import ClientError

from chalicelib.core import access, aws, config, ids, sealing
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Invalid, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.credentials import factors
from chalicelib.credentials.domain.factors import Factor, factor_wanted, open_steps
from tests import stored
from tests.world import World

NOBODY = access.system("test")
# RFC 6238, appendix B: SHA-1, of its eight digits the last six.
RFC_SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
]


def _change(now: datetime) -> Change:
    return Change(NOBODY, Entry(action="test"), now)


def _offer(world: World) -> factors.Offer:
    user, now = world.gina.user, world.time.now
    return factors.offer(
        NOBODY, user.id, user.id, user.email, "Example & Valley Plan", now + timedelta(minutes=15), now
    )


def _enroll(world: World) -> tuple[factors.Offer, tuple[str, ...]]:
    offer, now = _offer(world), world.time.now
    planned = _change(now)
    codes = factors.enroll(planned, factors.candidate_of(world.gina.user.id, now), pyotp.TOTP(offer.secret).at(now))
    planned.commit(None)
    return offer, codes


def _spend(world: World, code: str, factor: Factor | None = None) -> bool:
    found = factor or factors.factor_of(world.gina.user.id)
    assert found is not None
    planned = _change(world.time.now)
    if not factors.spend(planned, found, code, world.time.now):
        return False
    planned.commit(None)
    return True


@pytest.mark.usefixtures("moto")
@pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """S-AUTH-14: six digits, 30 seconds."""
    now = datetime.fromtimestamp(seconds, UTC)
    factor = Factor(user_id="usr_a", sealed=sealing.seal(RFC_SEED, "usr_a"), enrolled_at=now)
    used = factors.judged(factor, code, now)
    assert used is not None
    assert used.last_step == seconds // 30
    assert factors.judged(used, code, now) is None


@pytest.mark.parametrize(("offset", "works"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_to_either_side(offset: int, works: bool) -> None:
    """S-AUTH-14: to the second."""
    factor = Factor(user_id="usr_a", sealed="", enrolled_at=datetime(2026, 1, 1, tzinfo=UTC))
    step = 59_000_000
    for second in (0, 29):
        now = datetime.fromtimestamp(step * 30 + second, UTC)
        assert (step + offset in open_steps(factor, now)) is works


def test_a_used_step_takes_those_before_with_it() -> None:
    """S-AUTH-14."""
    now = datetime.fromtimestamp(59_000_000 * 30, UTC)
    factor = Factor(user_id="usr_a", sealed="", enrolled_at=now, last_step=59_000_000)
    assert list(open_steps(factor, now)) == [59_000_001]


@pytest.mark.parametrize(
    ("place", "wanted"),
    [("general_user", False), ("local_administrator", True), ("backup_administrator", True), ("staff", True)],
)
def test_who_must_have_one(place: "access.Role", wanted: bool) -> None:
    """CRD-9."""
    assert factor_wanted("administrators_and_staff", place) is wanted
    assert factor_wanted("nobody", place) is False


def test_an_offer_stays_until_it_ends(world: World) -> None:
    """CRD-9: a reload shows the same; the address is what authenticator apps read."""
    offer = _offer(world)
    assert _offer(world) == offer
    parsed = pyotp.parse_uri(offer.uri)
    assert (parsed.secret, parsed.issuer, parsed.name) == (
        offer.secret,
        "Example & Valley Plan",
        world.gina.user.email,
    )
    assert len(offer.secret) * 5 >= 160
    assert offer.secret not in stored.dump()
    world.time.advance(minutes=15)
    assert factors.candidate_of(world.gina.user.id, world.time.now) is None
    assert _offer(world) != offer


def test_a_wrong_code_enrolls_nobody(world: World) -> None:
    """CRD-9."""
    offer = _offer(world)
    late = pyotp.TOTP(offer.secret).at(world.time.now + timedelta(minutes=5))
    candidate = factors.candidate_of(world.gina.user.id, world.time.now)
    for waiting, code in ((candidate, late), (candidate, ""), (candidate, "１２３４５６"), (None, "123456")):
        with pytest.raises(Invalid) as refused:
            factors.enroll(_change(world.time.now), waiting, code)
        assert [(error.pointer, error.code) for error in refused.value.fields] == [("/code", "wrong_code")]
    assert factors.factor_of(world.gina.user.id) is None


def test_a_code_works_once(world: World) -> None:
    """S-AUTH-14: not even the one that enrolled it; the next one does."""
    offer, _ = _enroll(world)
    totp = pyotp.TOTP(offer.secret)
    assert not _spend(world, totp.at(world.time.now))
    world.time.advance(seconds=30)
    before = factors.factor_of(world.gina.user.id)
    assert _spend(world, f" {totp.at(world.time.now)[:3]} {totp.at(world.time.now)[3:]}")
    assert not _spend(world, totp.at(world.time.now))
    # Judged before the other was committed, as happens at the same moment.
    with pytest.raises(Unauthenticated, match="factor_failed"):
        _spend(world, totp.at(world.time.now), before)
    assert offer.secret not in stored.dump()


def test_a_recovery_code_works_once(world: World) -> None:
    """S-AUTH-14: ten of them, 64 bits or more, hashed; however they are typed."""
    _, codes = _enroll(world)
    assert len(set(codes)) == 10
    assert all(len(ids.read_code(code)) * 5 >= 64 for code in codes)
    assert not [code for code in codes if code in stored.dump() or ids.read_code(code) in stored.dump()]
    before = factors.factor_of(world.gina.user.id)
    assert _spend(world, codes[0].upper().replace("-", " ").replace("0", "O").replace("1", "l"))
    assert not _spend(world, codes[0])
    with pytest.raises(Unauthenticated, match="factor_failed"):
        _spend(world, codes[1], before)
    assert _spend(world, codes[1])
    left = factors.factor_of(world.gina.user.id)
    assert left is not None
    assert len(left.recovery) == 8


def test_new_recovery_codes_end_the_old(world: World) -> None:
    """S-AUTH-14."""
    _, codes = _enroll(world)
    factor = factors.factor_of(world.gina.user.id)
    assert factor is not None
    planned = _change(world.time.now)
    renewed = factors.new_recovery_codes(planned, factor)
    planned.commit(None)
    assert not _spend(world, codes[0])
    assert _spend(world, renewed[0])
    with pytest.raises(Conflict):
        again = _change(world.time.now)
        factors.new_recovery_codes(again, factor)
        again.commit(None)


def test_one_enrolled_anew_is_another_one(world: World) -> None:
    """S-AUTH-14: codes and recovery codes of the one before, judged a moment too early, change nothing."""
    _, codes = _enroll(world)
    before = factors.factor_of(world.gina.user.id)
    _enroll(world)
    with pytest.raises(Unauthenticated, match="factor_failed"):
        _spend(world, codes[0], before)
    assert not _spend(world, codes[0])


def test_a_candidate_is_taken_once(world: World) -> None:
    """CRD-9: of two pages that confirm at the same moment, one enrolls."""
    offer, now = _offer(world), world.time.now
    candidate = factors.candidate_of(world.gina.user.id, now)
    plans = [_change(now), _change(now)]
    for planned in plans:
        factors.enroll(planned, candidate, pyotp.TOTP(offer.secret).at(now))
    plans[0].commit(None)
    with pytest.raises(Conflict):
        plans[1].commit(None)


def test_removing(world: World) -> None:
    """S-AUTH-14: by a code that works, once; or by who may without."""
    offer, _ = _enroll(world)
    world.time.advance(seconds=30)
    factor = factors.factor_of(world.gina.user.id)
    assert factor is not None
    assert not factors.remove_by_code(_change(world.time.now), factor, "000000-")
    planned = _change(world.time.now)
    assert factors.remove_by_code(planned, factor, pyotp.TOTP(offer.secret).at(world.time.now))
    planned.commit(None)
    assert factors.factor_of(world.gina.user.id) is None
    _enroll(world)
    removed = _change(world.time.now)
    factors.remove(removed, world.gina.user.id)
    removed.commit(None)
    assert factors.factor_of(world.gina.user.id) is None


def test_without_kms_no_code_works(world: World) -> None:
    """S-IO-09: it fails closed."""
    offer, _ = _enroll(world)
    world.time.advance(seconds=30)
    aws.kms().delete_alias(AliasName=config.current().secrets_key)
    with pytest.raises(ClientError):
        _spend(world, pyotp.TOTP(offer.secret).at(world.time.now))
