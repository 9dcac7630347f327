"""What a function asks of AWS: every call as botocore sees it, and the permissions that the call needs.

Below our code, so that nothing can be forgotten: botocore hands each call of each client to its built-in handlers.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import botocore.handlers
import msgspec

from chalicelib.core import config
from tests.package.iam import Need
from tests.package.resolving import ACCOUNT, REGION, Resolver

Params = Mapping[str, Any]
_TRANSACTION = {
    "ConditionCheck": "ConditionCheckItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "Get": "GetItem",
}
_VIA_S3 = (("kms:ViaService", f"s3.{REGION}.amazonaws.com"),)


class Call(msgspec.Struct, frozen=True):
    """One call of one operation, signed in advance or made."""

    service: str
    operation: str
    params: Params


class Recorder:
    """Collects the calls of each function by its name; what is done outside of functions it ignores."""

    def __init__(self) -> None:
        self.calls: dict[str, list[Call]] = {}
        self._function: str | None = None

    @contextlib.contextmanager
    def running(self, function: str) -> Iterator[None]:
        """Calls in the block are made by this function."""
        self._function, before = function, self._function
        self.calls.setdefault(function, [])
        try:
            yield
        finally:
            self._function = before

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Hear the calls of all clients whose sessions are made in the block."""
        heard: list[tuple[str, Callable[..., None]]] = [
            ("before-parameter-build", self._hear),
            ("before-sign", self._hear_form),
        ]
        botocore.handlers.BUILTIN_HANDLERS.extend(heard)
        try:
            yield
        finally:
            for handler in heard:
                botocore.handlers.BUILTIN_HANDLERS.remove(handler)

    def _hear(self, params: Params, model: Any, context: Mapping[str, Any], **_: Any) -> None:
        # A form for an upload is signed as if a bucket were made; `_hear_form` knows what it is for.
        if not (context.get("is_presign_request") and model.name == "CreateBucket"):
            self._note(Call(model.service_model.service_name, model.name, dict(params)))

    def _hear_form(self, request: Any, **_: Any) -> None:
        fields = request.context.get("s3-presign-post-fields")
        if fields:
            policy = request.context["s3-presign-post-policy"]["conditions"]
            bucket = next(rule["bucket"] for rule in policy if isinstance(rule, dict) and "bucket" in rule)
            self._note(Call("s3", "PutObject", {"Bucket": bucket, "Key": fields["key"]}))

    def _note(self, call: Call) -> None:
        if self._function is not None:
            self.calls[self._function].append(call)


class Needs:
    """Works out the permissions that calls need."""

    def __init__(self, resolver: Resolver, template: Mapping[str, Any]) -> None:
        resources = template["Resources"]
        settings = config.current()
        self._own_keys = {
            settings.secrets_key: resolver.arn("SecretsKey"),
            settings.pepper_key: resolver.arn("PepperKey"),
        }
        self._keys: dict[str, str] = {}
        for logical_id, resource in resources.items():
            if resource["Type"] == "AWS::S3::Bucket":
                rule = resource["Properties"]["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]
                key = rule["ServerSideEncryptionByDefault"].get("KMSMasterKeyID")
                if key:
                    self._keys[resolver.value({"Ref": logical_id})] = resolver.value(key)

    def of(self, call: Call) -> list[Need]:
        """The permissions one call needs. Fails for an operation that nobody has told about yet."""
        makers: dict[str, Callable[[Call], list[Need]]] = {
            "dynamodb": _dynamodb,
            "s3": self._s3,
            "sqs": _sqs,
            "ses": _ses,
            "kms": self._kms,
        }
        assert call.service in makers, f"say in {__name__} what {call.service} needs"
        needed = makers[call.service](call)
        assert needed, f"say in {__name__} what {call.service}.{call.operation} needs"
        return needed

    def _s3(self, call: Call) -> list[Need]:
        params, bucket = call.params, call.params["Bucket"]
        if call.operation == "ListObjectVersions":
            return [Need("s3:ListBucketVersions", f"arn:aws:s3:::{bucket}")]
        if call.operation == "ListObjectsV2":
            return [Need("s3:ListBucket", f"arn:aws:s3:::{bucket}")]
        if call.operation == "GetObject":
            return self._read(bucket, params["Key"], params.get("VersionId", ""))
        if call.operation == "PutObject":
            return self._written(bucket, params["Key"])
        if call.operation == "CopyObject":
            # Copying would also read and write the tags of the source, had it any: nobody may tag in quarantine.
            source, _, version = unquote(params["CopySource"]).partition("?versionId=")
            origin, _, key = source.partition("/")
            return self._read(origin, key, version) + self._written(bucket, params["Key"])
        if call.operation == "DeleteObjects":
            deleted = params["Delete"]["Objects"]
            return [
                Need(
                    "s3:DeleteObjectVersion" if "VersionId" in found else "s3:DeleteObject",
                    _object(bucket, found["Key"]),
                )
                for found in deleted
            ]
        return []

    def _read(self, bucket: str, key: str, version: str) -> list[Need]:
        needed = [Need("s3:GetObjectVersion" if version else "s3:GetObject", _object(bucket, key))]
        return needed + self._key(bucket, "kms:Decrypt")

    def _written(self, bucket: str, key: str) -> list[Need]:
        return [Need("s3:PutObject", _object(bucket, key)), *self._key(bucket, "kms:GenerateDataKey")]

    def _kms(self, call: Call) -> list[Need]:
        if call.operation not in ("Encrypt", "Decrypt", "GenerateMac"):
            return []
        return [Need(f"kms:{call.operation}", self._own_keys[call.params["KeyId"]])]

    def _key(self, bucket: str, action: str) -> list[Need]:
        return [Need(action, self._keys[bucket], _VIA_S3)] if bucket in self._keys else []


def _object(bucket: str, key: str) -> str:
    return f"arn:aws:s3:::{bucket}/{key}"


def _table(name: str) -> str:
    return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}"


def _dynamodb(call: Call) -> list[Need]:
    if call.operation in ("TransactWriteItems", "TransactGetItems"):
        # IAM looks at each item of a transaction by itself.
        return [
            Need(f"dynamodb:{_TRANSACTION[kind]}", _table(item["TableName"]))
            for action in call.params["TransactItems"]
            for kind, item in action.items()
        ]
    if call.operation in ("BatchGetItem", "BatchWriteItem"):
        return [Need(f"dynamodb:{call.operation}", _table(name)) for name in call.params["RequestItems"]]
    if call.operation in ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"):
        index = call.params.get("IndexName")
        asked = _table(call.params["TableName"]) + (f"/index/{index}" if index else "")
        return [Need(f"dynamodb:{call.operation}", asked)]
    return []


def _sqs(call: Call) -> list[Need]:
    if call.operation not in ("GetQueueUrl", "SendMessage"):
        return []
    name = call.params.get("QueueName") or call.params["QueueUrl"].rsplit("/", 1)[-1]
    return [Need(f"sqs:{call.operation}", f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")]


def _ses(call: Call) -> list[Need]:
    if call.operation != "SendEmail":
        return []
    address = call.params["Source"]
    identity = f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{address.rsplit('@', 1)[-1]}"
    resources = [identity]
    if "ConfigurationSetName" in call.params:
        resources.append(f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{call.params['ConfigurationSetName']}")
    return [Need("ses:SendEmail", resource, (("ses:FromAddress", address),)) for resource in resources]
