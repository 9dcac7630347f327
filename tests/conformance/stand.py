"""What stands in for AWS, or AWS itself, as the storage suite sees it: clients, names of its own, and their removal."""

import contextlib
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Literal

import boto3
import msgspec
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

from chalicelib.core import tables
from local import engines
from tests import real_engine

Removal = Callable[[], object]
Name = Literal["moto", "dynoxide", "aws"]
REGION = engines.REGION
PREFIX = "portico-verify-"
TAGS = {"project": "portico", "purpose": "verify-aws", "lifetime": "removed at the end of the run"}
_TABLES = (tables.ShortLivedRow, tables.JournalRow)
_INDEX = {
    "IndexName": "by_name",
    "KeySchema": [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sort_name", "KeyType": "RANGE"},
    ],
    "Projection": {"ProjectionType": "ALL"},
}
_RETRIES: Mapping[str, Any] = {"mode": "standard", "total_max_attempts": 2}


class Account(msgspec.Struct, frozen=True):
    """Whose AWS account is used, and where."""

    access_key: str
    secret_key: str
    token: str | None = None
    region: str = REGION
    endpoint: str | None = None
    """Only to try the suite out without AWS."""


LOCAL = Account(access_key="local", secret_key="local")


class Stand:
    """One engine. Everything it makes has names that begin with `prefix`, and tags."""

    def __init__(self, name: Name, account: Account, dynamodb: str | None, aws: str | None, prefix: str = "") -> None:
        self.name = name
        self.account = account
        self.prefix = prefix or f"{PREFIX}{uuid.uuid4().hex[:10]}-"
        self.endpoints = {"dynamodb": dynamodb, "dynamodbstreams": dynamodb, "s3": aws, "sqs": aws}
        self.session = boto3.Session(
            aws_access_key_id=account.access_key,
            aws_secret_access_key=account.secret_key,
            aws_session_token=account.token,
            region_name=account.region,
        )
        self.dynamodb = self.client("dynamodb")
        # Shard ids of dynoxide are shorter than boto3 believes possible.
        self.streams = self.client("dynamodbstreams", parameter_validation=False)
        self.s3 = self.client("s3")
        self.sqs = self.client("sqs")

    def client(self, service: str, **options: Any) -> Any:
        """A client of the engine. Its tries are few, so that what it answers is seen."""
        config = Config(retries=_RETRIES, max_pool_connections=32, **options)
        return self.session.client(service, endpoint_url=self.endpoints[service], config=config)

    @property
    def table(self) -> str:
        """The table that items and transactions are tried on; its stream carries new images."""
        return self.prefix + tables.ShortLivedRow.table

    @property
    def buckets(self) -> tuple[str, str]:
        """Quarantine and clean."""
        return f"{self.prefix}quarantine", f"{self.prefix}clean"

    def environment(self) -> dict[str, str | None]:
        """What points `chalicelib` at this engine; None takes a variable away."""
        quarantine, clean = self.buckets
        return {
            "PORTICO_REGION": self.account.region,
            "PORTICO_TABLE_PREFIX": self.prefix,
            "PORTICO_QUEUE_PREFIX": self.prefix,
            "PORTICO_QUARANTINE_BUCKET": quarantine,
            "PORTICO_CLEAN_BUCKET": clean,
            "PORTICO_DYNAMODB_ENDPOINT": self.endpoints["dynamodb"],
            "PORTICO_S3_ENDPOINT": self.endpoints["s3"],
            "PORTICO_S3_PUBLIC_ENDPOINT": self.endpoints["s3"],
            "PORTICO_SQS_ENDPOINT": self.endpoints["sqs"],
            "AWS_ACCESS_KEY_ID": self.account.access_key,
            "AWS_SECRET_ACCESS_KEY": self.account.secret_key,
            "AWS_SESSION_TOKEN": self.account.token,
            "AWS_DEFAULT_REGION": self.account.region,
        }

    def make_tables(self) -> None:
        """Make the two tables, as the template makes them; both have an index by name, so that indexes can be tried."""
        names = [self.prefix + row.table for row in _TABLES]
        for name in names:
            self.dynamodb.create_table(
                TableName=name,
                KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
                AttributeDefinitions=[
                    {"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "sort_name")
                ],
                GlobalSecondaryIndexes=[_INDEX],
                BillingMode="PAY_PER_REQUEST",
                Tags=[{"Key": key, "Value": value} for key, value in TAGS.items()],
                **_stream(name == self.table),
            )
        for name in names:
            self._await_table(name)

    def empty_tables(self) -> None:
        """Make the tables anew."""
        self.remove_tables()
        self.make_tables()

    def remove_tables(self) -> None:
        """Remove the tables."""
        for _, remove in self._tables():
            remove()

    def close(self) -> None:
        """Hang up: some engines wait for their callers before they end."""
        for client in (self.dynamodb, self.streams, self.s3, self.sqs):
            client.close()

    def make_buckets(self) -> None:
        """Make the two buckets, with versions."""
        elsewhere = {} if self.account.region == "us-east-1" else {"LocationConstraint": self.account.region}
        for name in self.buckets:
            self.s3.create_bucket(Bucket=name, **({"CreateBucketConfiguration": elsewhere} if elsewhere else {}))
            tags = [{"Key": key, "Value": value} for key, value in TAGS.items()]
            self.s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
            self.s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})

    def remove_all(self) -> tuple[list[str], list[str]]:
        """Remove every table, bucket and queue whose name begins with `prefix`: what is gone, and what is left."""
        gone: list[str] = []
        left: list[str] = []
        for name, remove in [*self._tables(), *self._buckets(), *self._queues()]:
            try:
                remove()
                gone.append(name)
            except (ClientError, WaiterError) as error:
                left.append(f"{name}: {error}")
        return gone, left

    def _tables(self) -> Iterator[tuple[str, Removal]]:
        for page in self.dynamodb.get_paginator("list_tables").paginate():
            for name in page["TableNames"]:
                if name.startswith(self.prefix):
                    yield f"table {name}", partial(self._remove_table, name)

    def _remove_table(self, name: str) -> None:
        # One that is still being made can't be removed.
        self._await_table(name)
        self.dynamodb.delete_table(TableName=name)

    def _await_table(self, name: str) -> None:
        self.dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 2, "MaxAttempts": 60})

    def _buckets(self) -> Iterator[tuple[str, Removal]]:
        for found in self.s3.list_buckets()["Buckets"]:
            if found["Name"].startswith(self.prefix):
                yield f"bucket {found['Name']}", partial(self._remove_bucket, found["Name"])

    def _remove_bucket(self, name: str) -> None:
        for page in self.s3.get_paginator("list_object_versions").paginate(Bucket=name):
            found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            objects = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in found]
            if objects:
                self.s3.delete_objects(Bucket=name, Delete={"Objects": objects, "Quiet": True})
        self.s3.delete_bucket(Bucket=name)

    def _queues(self) -> Iterator[tuple[str, Removal]]:
        for url in self.sqs.list_queues(QueueNamePrefix=self.prefix).get("QueueUrls", []):
            yield f"queue {url.rsplit('/', 1)[-1]}", partial(self.sqs.delete_queue, QueueUrl=url)


def _stream(wanted: bool) -> dict[str, Any]:
    if not wanted:
        return {}
    return {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}}


@contextlib.contextmanager
def opened(name: Name, account: Account | None) -> Iterator[Stand]:
    """An engine with its tables, and where it has S3 the buckets, until the block ends.

    `account` is needed for AWS, where the run that was asked for removes what was made (`verify`).
    """
    with contextlib.ExitStack() as stack:
        if name == "aws":
            assert account is not None
            made = Stand(name, account, account.endpoint, account.endpoint, RUN)
        elif name == "moto":
            endpoint = stack.enter_context(engines.aws())
            made = Stand(name, LOCAL, endpoint, endpoint)
        else:
            made = Stand(name, LOCAL, stack.enter_context(real_engine.running()), None)
            stack.callback(made.remove_tables)
        stack.callback(made.close)
        made.make_tables()
        if name != "dynoxide":
            made.make_buckets()
        yield made


RUN = f"{PREFIX}{uuid.uuid4().hex[:10]}-"
"""Beginning of the names of all that this process makes on AWS."""
