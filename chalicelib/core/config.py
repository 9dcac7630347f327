"""The environment, read once (architecture: the world door).

The only module that reads environment variables. `current()` gives one frozen, validated object for the life of the
process; a wrong or missing value stops the cold start with one line that names it.
"""

import functools
import os
from collections.abc import Mapping
from typing import Annotated

import msgspec

_PREFIX = "PORTICO_"

Port = Annotated[str, msgspec.Meta(pattern=r"^https?://[^/\s]+(:\d+)?(/[^?#\s]*)?\Z")]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of one deployment; the plan's own settings (PLT-5) are data, not environment.

    Every field `x_y` is the variable `PORTICO_X_Y`. Endpoints are set only where AWS is stood in for.
    """

    stage: str = "dev"
    origin: Port
    """Origin of the portal, as browsers send it (`https://portal.example`): the only one that may change anything."""
    region: str = "us-east-1"
    table_prefix: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{1,60}-\Z")]
    quarantine_bucket: str
    clean_bucket: str
    results_bucket: str
    """Inputs, parts and results of long works (core/work_files.py)."""
    attachments_key: str = ""
    """ARN of the KMS key for uploads; empty where the engine has no KMS."""
    results_key: str = ""
    """ARN of the KMS key for files of long works; empty likewise."""
    secrets_key: str
    """KMS key that seals what must be read again, such as seeds of second factors (core/sealing.py)."""
    pepper_key: str
    """KMS key for MACs, without which hashes of answers can't be guessed at."""
    mail_from: str
    mail_configuration_set: str = ""
    """SES's configuration set, by which it tells of mails that come back; empty where SES is stood in for."""
    mails_per_second: Annotated[float, msgspec.Meta(gt=0)] = 10
    """How many mails SES takes in a second from this account; more wait for their turn."""
    cursor_key: Annotated[str, msgspec.Meta(min_length=32)]
    """Secret for signing cursors; at least 32 characters."""
    dynamodb_endpoint: Port | None = None
    s3_endpoint: Port | None = None
    s3_public_endpoint: Port | None = None
    """The S3 address that browsers use, where it differs from the one this process uses."""
    sqs_endpoint: Port | None = None
    ses_endpoint: Port | None = None
    kms_endpoint: Port | None = None
    queue_prefix: str = "portico-"
    argon2_time_cost: Annotated[int, msgspec.Meta(ge=1)] = 2
    argon2_memory_kib: Annotated[int, msgspec.Meta(ge=8)] = 19_456
    argon2_parallelism: Annotated[int, msgspec.Meta(ge=1)] = 1


class ConfigurationError(Exception):
    """A setting is missing or wrong; the text names the variable."""


def load(environment: Mapping[str, str]) -> Settings:
    """Build the settings from `PORTICO_*` variables. Raises ConfigurationError naming the variable at fault."""
    values: dict[str, str] = {}
    for field in msgspec.structs.fields(Settings):
        variable = _PREFIX + field.name.upper()
        if variable in environment:
            values[field.name] = environment[variable]
        elif field.required:
            raise ConfigurationError(f"{variable} is not set")
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        text = str(error)
        name = text.rsplit("`$.", 1)[-1].rstrip("`") if "`$." in text else ""
        raise ConfigurationError(f"{_PREFIX}{name.upper()}: {text}") from None


@functools.cache
def current() -> Settings:
    """The settings of this process."""
    return load(os.environ)


def starts_on_demand() -> bool:
    """Whether a request waits for this process to start.

    Lambda says so. It starts processes ahead of requests when so configured (provisioned concurrency, SnapStart), and
    elsewhere nobody sets this variable.
    """
    return os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "on-demand"
