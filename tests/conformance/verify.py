"""The storage suite on real AWS: `make verify-aws`, that is `python -m tests.conformance.verify`.

Only with credentials in the environment and `PORTICO_VERIFY_AWS=yes`; else it says what it would do and what that would
cost. All it makes has names that begin with `portico-verify-`, and tags, and is removed at the end whatever happens.
`--remove` removes what a run left that was killed.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tests.conformance import costs, stand
from tests.conformance.stand import Account, Stand

CONFIRMATION = "PORTICO_VERIFY_AWS"
NOTHING_DONE = 2
_HERE = str(Path(__file__).parent)
_SUITE = (_HERE, f"--ignore={_HERE}/test_verify.py", f"--ignore={_HERE}/test_differences.py")
# What runs against AWS, as it runs here: each test once.
_COUNTED = "dynoxide or test_files or test_queues"

Count = Callable[[], Counter[costs.Unit]]


def count() -> Counter[costs.Unit]:
    """What the suite asks for, counted on the engines here (about 20 seconds)."""
    with costs.counted() as total:
        pytest.main([*_SUITE, "-o", "addopts=", "-p", "no:terminal", "-p", "no:cacheprovider", "-k", _COUNTED])
    return total


def account(environment: Mapping[str, str]) -> Account | None:
    """The account that the environment names by keys; profiles and roles of machines are not looked for."""
    key, secret = environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY")
    if not key or not secret:
        return None
    return Account(
        access_key=key,
        secret_key=secret,
        token=environment.get("AWS_SESSION_TOKEN"),
        region=environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or stand.REGION,
        endpoint=environment.get("AWS_ENDPOINT_URL"),
    )


class _HandsOver:
    """Tells the suite the account; there is no other way to it."""

    def __init__(self, found: Account) -> None:
        self._account = found

    def pytest_configure(self, config: pytest.Config) -> None:
        """Before anything is collected."""
        from tests.conformance.conftest import ACCOUNT_PLUGIN  # noqa: PLC0415 - it must be pytest's own import

        config.pluginmanager.register(self._account, ACCOUNT_PLUGIN)


def main(arguments: Sequence[str], environment: Mapping[str, str], count: Count = count) -> int:
    """0 when AWS does what the portal relies on, 1 when it does not or something could not be removed, 2 if not run."""
    found = account(environment)
    if list(arguments) == ["--remove"] and found is not None:
        return _remove(found, stand.PREFIX)
    if arguments or found is None or environment.get(CONFIRMATION) != "yes":
        _explain(found, environment, count)
        return NOTHING_DONE
    _say(f"On AWS in {found.region}; everything it makes begins with {stand.RUN}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    code, left = 1, 1
    try:
        code = pytest.main([*_SUITE, "-v", "--timeout=600"], plugins=[_HandsOver(found)])
    finally:
        left = _remove(found, stand.RUN)
    return 1 if code or left else 0


def _remove(found: Account, prefix: str) -> int:
    gone, left = Stand("aws", found, found.endpoint, found.endpoint, prefix).remove_all()
    _say("", *(f"Removed {name}" for name in gone))
    _say(*(f"NOT REMOVED {name}" for name in left))
    _say("Nothing is left." if not left else "Remove it: python -m tests.conformance.verify --remove")
    return 1 if left else 0


def _explain(found: Account | None, environment: Mapping[str, str], count: Count) -> None:
    _say(
        "The storage suite was not run on AWS. It needs, in the environment:",
        f"  AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (AWS_SESSION_TOKEN)   {'there' if found else 'missing'}",
        f"  AWS_REGION                                                        {_region(found, environment)}",
        f"  {CONFIRMATION}=yes, as your confirmation                      "
        f"{'there' if environment.get(CONFIRMATION) == 'yes' else 'missing'}",
        "",
        f"It would make, with names that begin with {stand.PREFIX}<run>- and tagged project={stand.TAGS['project']}:",
        "  2 DynamoDB tables (on demand; one with a stream, each with an index), 2 S3 buckets with versions, 6 SQS",
        "  queues, and remove all of it at the end, also after a failure; --remove clears up after a killed run.",
        "It needs the rights to make, use, list, tag and remove these, and touches nothing else.",
        "",
        "What it would cost: counting its requests on the engines here ...",
    )
    total = count()
    for unit, dollars in costs.DOLLARS.items():
        _say(f"  {total[unit]:>8,} x {unit:<14} at ${dollars * 1_000_000:>7.3f} a million")
    _say(
        f"  about ${costs.dollars(total):.4f} at most, {costs.RESERVE} times the count, as AWS is asked again where it"
        f" lags ({costs.PRICED}; storage for minutes is nothing).",
    )


def _region(found: Account | None, environment: Mapping[str, str]) -> str:
    named = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION")
    return named or f"missing, {found.region if found else stand.REGION} is taken"


def _say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 - a command line


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], dict(os.environ)))
