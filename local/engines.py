"""The engines that stand in for AWS: DynamoDB with streams, and S3 + SQS + SES + KMS.

For the portal on one machine and for tests that need a real engine:

    with engines.dynamodb() as dynamodb, engines.aws() as aws:
        engines.apply(engines.environment(dynamodb=dynamodb, aws=aws, origin="http://localhost:8000"))
"""

import contextlib
import http.client
import os
import platform
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from local.children import StartError, running

ENDPOINT_VARIABLE = "PORTICO_DYNAMODB_ENDPOINT"
REGION = "us-east-1"
_PACKAGES = Path(__file__).parent / "node_modules" / "@dynoxide"
_PORT_TRIES = 5
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it has a random name and is its owner's alone
_ROOM = 2 * 1024**3  # bytes; a container may have 64 MB there
# A person's own AWS set-up must not leak into the local portal: it could name another account, or a proxy.
_FOREIGN = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_CA_BUNDLE")


@contextlib.contextmanager
def dynamodb(database: Path | None = None, packages: Path = _PACKAGES) -> Iterator[str]:
    """The endpoint of a DynamoDB engine that runs until the block ends.

    The user's own `PORTICO_DYNAMODB_ENDPOINT` wins; else dynoxide, when its package is installed; else moto, which is
    slow and not exact under load. `database` keeps dynoxide's data in that file (default: one that goes at the end);
    `packages` is where npm put dynoxide.
    Raises StartError.
    """
    own = os.environ.get(ENDPOINT_VARIABLE)
    if own:
        if not _listens(own):
            raise StartError(f"{ENDPOINT_VARIABLE}: nothing answers at {own}")
        yield own
        return
    binary = dynoxide(packages)
    if binary is None:
        print("Note: no dynoxide for this machine; moto stands in for DynamoDB, which is slow.", file=sys.stderr)
        with aws() as endpoint:
            yield endpoint
        return
    with (
        tempfile.TemporaryDirectory(prefix=f"portico-{os.getpid()}-", dir=_quick_folder()) as folder,
        _dynoxide(binary, database or Path(folder) / "dynamodb.sqlite") as endpoint,
    ):
        yield endpoint


def _quick_folder() -> Path | None:
    """Where files lie in memory, if there is such a place with room; None leaves the choice to `tempfile`.

    dynoxide waits for the disk at every write: on one that other work keeps busy, that is most of a write's time. Who
    sets TMPDIR has a reason to.
    """
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return None
    clear_away(_MEMORY)
    return _MEMORY if shutil.disk_usage(_MEMORY).free >= _ROOM else None


def clear_away(memory: Path) -> None:
    """Remove what processes left that were killed: nobody else would, and it takes memory."""
    for folder in memory.glob("portico-*-*"):
        process = folder.name.split("-")[1]
        if process.isdecimal() and not Path(f"/proc/{process}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def dynoxide(packages: Path = _PACKAGES) -> Path | None:
    """The dynoxide binary for this machine, or None where there is no package for it."""
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(platform.machine().lower(), "")
    binary = packages / f"{sys.platform}-{machine}" / "dynoxide"
    return binary if os.access(binary, os.X_OK) else None


@contextlib.contextmanager
def _dynoxide(binary: Path, database: Path) -> Iterator[str]:
    # A file, not memory: measured four times as fast under threads. It reports no port of its own choice, so a free one
    # is picked here, and another one if somebody took it in between.
    with contextlib.ExitStack() as stack:
        for attempt in range(_PORT_TRIES):
            with socket.create_server(("127.0.0.1", 0)) as probe:
                port = probe.getsockname()[1]
            endpoint = f"http://127.0.0.1:{port}"
            command = [str(binary), "--port", str(port), "--db-path", str(database)]
            try:
                stack.enter_context(running("dynoxide", command, ready=lambda url=endpoint: _listens(url)))  # type: ignore[misc]
                break
            except StartError:
                if attempt == _PORT_TRIES - 1:
                    raise
        yield endpoint


@contextlib.contextmanager
def aws() -> Iterator[str]:
    """The endpoint of moto's server (all but streams), which runs until the block ends. Raises StartError."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}"
        command = [sys.executable, "-m", "local.moto_server", str(listener.fileno())]
        variables = {
            # Buckets answer with their own CORS rules; without this, moto allows every origin.
            "MOTO_DISABLE_GLOBAL_CORS": "true",
            "PYTHONPATH": str(Path(__file__).parent.parent),
        }
        with running(
            "moto",
            command,
            ready=lambda: _answers(endpoint, "/moto-api/"),
            environment=variables,
            pass_fds=[listener.fileno()],
        ):
            yield endpoint


def environment(*, dynamodb: str, aws: str, origin: str, table_prefix: str = "portico-local-") -> dict[str, str]:
    """The variables that point `chalicelib` at the engines; `origin` is the portal's, as browsers send it."""
    return {
        "PORTICO_STAGE": "local",
        "PORTICO_ORIGIN": origin,
        "PORTICO_REGION": REGION,
        "PORTICO_TABLE_PREFIX": table_prefix,
        "PORTICO_QUARANTINE_BUCKET": f"{table_prefix}quarantine",
        "PORTICO_CLEAN_BUCKET": f"{table_prefix}clean",
        "PORTICO_RESULTS_BUCKET": f"{table_prefix}results",
        "PORTICO_SECRETS_KEY": f"alias/{table_prefix}secrets",
        "PORTICO_PEPPER_KEY": f"alias/{table_prefix}pepper",
        "PORTICO_MAIL_FROM": "portal@portico.example",
        # moto takes them all.
        "PORTICO_MAILS_PER_SECOND": "1000",
        "PORTICO_CURSOR_KEY": secrets.token_hex(32),
        "PORTICO_DYNAMODB_ENDPOINT": dynamodb,
        "PORTICO_S3_ENDPOINT": aws,
        "PORTICO_S3_PUBLIC_ENDPOINT": aws,
        "PORTICO_SQS_ENDPOINT": aws,
        "PORTICO_SES_ENDPOINT": aws,
        "PORTICO_KMS_ENDPOINT": aws,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "localhost,127.0.0.1,::1",
        "no_proxy": "localhost,127.0.0.1,::1",
    }


def apply(variables: Mapping[str, str]) -> None:
    """Set them for this process, and drop what a person's own AWS set-up would add."""
    for name in list(os.environ):
        if name in _FOREIGN or name.startswith("AWS_ENDPOINT_URL_"):
            del os.environ[name]
    os.environ.update(variables)


def _listens(endpoint: str) -> bool:
    address = urlsplit(endpoint)
    try:
        with socket.create_connection((address.hostname or "", address.port or 80), timeout=1):
            return True
    except OSError:
        return False


def _answers(endpoint: str, path: str) -> bool:
    """Whether an HTTP GET gets an answer (of any status)."""
    connection = http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=30)
    try:
        connection.request("GET", path)
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
