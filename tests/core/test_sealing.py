"""Sealing: what is kept is readable by KMS alone, for whom it was sealed; without KMS nothing goes on (S-OPS-02)."""

import base64
from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError

from chalicelib.core import aws, sealing

SEED = "JBSWY3DPEHPK3PXP"


@pytest.mark.usefixtures("moto")
def test_what_is_sealed_comes_back_for_whom_it_was_sealed() -> None:
    sealed = sealing.seal(SEED, "factor of usr_a")
    assert SEED not in sealed
    assert SEED.encode() not in base64.b64decode(sealed)
    assert sealing.unseal(sealed, "factor of usr_a") == SEED
    with pytest.raises(ClientError, match="InvalidCiphertext"):
        sealing.unseal(sealed, "factor of usr_b")


@pytest.mark.usefixtures("moto")
def test_peppering_is_the_same_each_time_and_takes_any_length() -> None:
    """S-AUTH-09: longer than KMS takes, too."""
    assert sealing.peppered("Rex") == sealing.peppered("Rex") != sealing.peppered("rex")
    assert sealing.peppered("\ufdfa" * 5_000) != sealing.peppered("\ufdfa" * 5_001)


@pytest.mark.usefixtures("moto")
@pytest.mark.parametrize(
    "use", [lambda: sealing.seal("a", "b"), lambda: sealing.unseal("YQ==", "b"), lambda: sealing.peppered("a")]
)
def test_nothing_goes_on_without_kms(use: Callable[[], str]) -> None:
    """S-IO-09: an error of the kind that the door turns into 503, whatever KMS failed at."""
    kms = aws.kms()
    for alias in kms.list_aliases()["Aliases"]:
        if alias["AliasName"].startswith("alias/portico-"):
            kms.delete_alias(AliasName=alias["AliasName"])
    with pytest.raises(ClientError):
        use()
