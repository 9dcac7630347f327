"""AWS inside this process, by moto: one thread, and slow once tables are larger than a few rows.

`empty` stands in for all of it. Where DynamoDB is a real engine (`tests.real_engine`), `beside_tables` does the rest.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from botocore.handlers import BUILTIN_HANDLERS
from moto import mock_aws
from moto.backends import get_backend
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.models import responses_mock

from chalicelib.core import aws, clock, config, tables
from local import provision
from tests import real_engine


@contextlib.contextmanager
def empty() -> Iterator[None]:
    """Empty tables, buckets and queues until the block ends."""
    with beside_tables():
        real_engine.lead_tables()
        for table in tables.TABLES:
            table.create_table(billing_mode="PAY_PER_REQUEST")
        yield
    clock.set_source(None)


@contextlib.contextmanager
def keys() -> Iterator[None]:
    """The keys of KMS alone, until the block ends."""
    with mock_aws(config=_BESIDE_DYNAMODB):
        _make_keys()
        yield


@contextlib.contextmanager
def beside_tables() -> Iterator[None]:
    """Empty buckets and queues, SES, and the keys of KMS, until the block ends."""
    with mock_aws(config=_BESIDE_DYNAMODB):
        _make_places()
        _make_keys()
        yield


class Kept:
    """All of that for several tests: what a test asked anything of is made anew before the next, but for the keys.

    Making all of it takes as long as ten requests to the portal.
    """

    def __init__(self) -> None:
        self._to_make: set[str] = {*_MAKE}

    def put_back(self) -> None:
        """Empty buckets and queues again, no mail, and every key."""
        self._to_make |= _asked
        # Forms are sent without a client, by `requests`.
        if responses_mock.calls:
            self._to_make.add("s3")
            responses_mock.calls.reset()
        for service in _MAKE.keys() & self._to_make:
            for backends in get_backend(service).values():
                backends.reset()
            _MAKE[service]()
        _make_keys()
        self._to_make.clear()
        _asked.clear()


@contextlib.contextmanager
def kept() -> Iterator[Kept]:
    """As `beside_tables`, to be put back between tests."""
    with mock_aws(config=_BESIDE_DYNAMODB):
        _make_keys()
        yield Kept()


def _make_keys() -> None:
    """The keys of KMS: moto makes an RSA pair for each, whatever it is for, so that one file's are the next one's."""
    backend = get_backend("kms")[DEFAULT_ACCOUNT_ID][config.current().region]
    if not _keys:
        provision.create_keys(aws.kms())
        _keys.update({id_: (key, dict(key.aliases)) for id_, key in backend.keys.items()})
    # A test of what happens without a key takes its alias away, from the key itself.
    for id_, (key, aliases) in _keys.items():
        key.aliases = dict(aliases)
        backend.keys[id_] = key


def _make_places() -> None:
    for make in _MAKE.values():
        make()


def _make_buckets() -> None:
    settings, s3 = config.current(), aws.s3()
    for bucket in (settings.quarantine_bucket, settings.clean_bucket, settings.results_bucket):
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})


def _make_queues() -> None:
    for queue in ("accounts", "attachments", "enrollment", "inspections", "notifications", "work"):
        aws.sqs().create_queue(QueueName=config.current().queue_prefix + queue)


def _allow_sender() -> None:
    aws.ses().verify_email_identity(EmailAddress=config.current().mail_from)


_MAKE: Mapping[Literal["s3", "sqs", "ses"], Callable[[], None]] = {
    "s3": _make_buckets,
    "sqs": _make_queues,
    "ses": _allow_sender,
}
# Without it, moto holds every call to the real engine against the address of every service that it knows.
_BESIDE_DYNAMODB: Any = {"core": {"passthrough": {"urls": [r"http://127\.0\.0\.1:"]}}}

_keys: dict[str, tuple[Any, dict[str, Any]]] = {}
"""Each key with its aliases, by its id."""
_asked: set[str] = set()
"""Services beside DynamoDB and KMS that were asked since they were put back."""


def _note(model: Any, **_: object) -> None:
    service = str(model.service_model.service_name)
    if service not in ("dynamodb", "kms"):
        _asked.add(service)


# For every client that is made after this, as moto does it itself.
BUILTIN_HANDLERS.append(("before-call", _note))
