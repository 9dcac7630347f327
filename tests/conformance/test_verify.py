"""`make verify-aws` does nothing unasked, says what it would cost, and leaves nothing behind."""

from collections import Counter

import pytest

from tests.conformance import costs, verify
from tests.conformance.conftest import account_of
from tests.conformance.stand import PREFIX, Stand

KEYS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}


def _counted() -> Counter[costs.Unit]:
    return Counter({"write unit": 1_000_000, "file read": 10_000})


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({}, 3),
        ({"PORTICO_VERIFY_AWS": "yes"}, 2),
        (KEYS, 2),
        (KEYS | {"AWS_REGION": "us-west-2", "PORTICO_VERIFY_AWS": "no"}, 1),
    ],
)
def test_without_keys_and_confirmation_nothing_is_done(
    environment: dict[str, str], missing: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main([], environment, _counted) == verify.NOTHING_DONE
    said = capsys.readouterr().out
    assert said.count("missing") == missing
    assert f"about ${3 * (0.625 + 0.004):.4f} at most" in said


def test_no_environment_leads_from_make_test_to_aws(
    storage: Stand, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys and confirmation that a developer left in the shell: the suite still has no account to use."""
    for name, value in (KEYS | {verify.CONFIRMATION: "yes"}).items():
        monkeypatch.setenv(name, value)
    assert account_of(pytestconfig) is None
    assert all(endpoint and endpoint.startswith("http://127.0.0.1:") for endpoint in storage.endpoints.values())


def test_only_what_the_run_made_is_removed(storage: Stand) -> None:
    """Also buckets that hold versions; what has another name stays."""
    run = Stand(storage.name, storage.account, storage.endpoints["s3"], storage.endpoints["s3"])
    assert run.prefix.startswith(PREFIX)
    run.make_tables()
    run.make_buckets()
    run.sqs.create_queue(QueueName=f"{run.prefix}queue")
    for content in (b"one", b"two"):
        run.s3.put_object(Bucket=run.buckets[0], Key="a", Body=content)
    run.s3.delete_object(Bucket=run.buckets[0], Key="a")
    gone, left = run.remove_all()
    assert (len(gone), left) == (5, [])
    assert run.remove_all() == ([], [])
    assert {bucket["Name"] for bucket in storage.s3.list_buckets()["Buckets"]} >= set(storage.buckets)
    run.close()


def test_what_has_no_known_price_is_told() -> None:
    with pytest.raises(costs.UnknownPrice):
        costs.price("dynamodb", "ExecuteStatement", {})
    with pytest.raises(costs.UnknownPrice):
        costs.price("kms", "Encrypt", {})


def test_an_action_of_a_transaction_costs_twice() -> None:
    action = {"Put": {"Item": {"pk": {"S": "a"}}}}
    single = costs.price("dynamodb", "PutItem", action["Put"])
    assert single == ("write unit", 2)
    assert costs.price("dynamodb", "TransactWriteItems", {"TransactItems": [action] * 3}) == ("write unit", 12)
