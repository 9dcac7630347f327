"""Engines start, answer, and leave nothing behind, whatever ends them."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest

from chalicelib.core import config
from local import engines
from local.children import StartError, running
from tests.local.waiting import until

_CHILD = """
import os, sys
from local.children import running
with running("sleeper", ["/bin/sleep", "600"], ready=lambda: True) as child:
    print(child, flush=True)
    sys.stdin.read()
"""


def listening(endpoint: str) -> bool:
    address = urlsplit(endpoint)
    with socket.socket() as probe:
        return probe.connect_ex((address.hostname, address.port)) == 0


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # Ended, but not yet collected by whoever inherited it.
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go during the test."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_dynamodb_is_gone_after_the_block(temporary: Path) -> None:
    with engines.dynamodb() as endpoint:
        assert listening(endpoint)
        assert list(temporary.iterdir())
    assert not listening(endpoint)
    assert not list(temporary.iterdir())


def test_moto_is_gone_after_the_block_even_when_it_fails(temporary: Path) -> None:
    with pytest.raises(RuntimeError, match="in the block"), engines.aws() as endpoint:
        raise RuntimeError("in the block")
    assert not listening(endpoint)
    assert not list(temporary.iterdir())


def test_what_ends_at_once_is_told_with_its_last_line(temporary: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('first\\nno more room')"]
    with (
        pytest.raises(StartError, match=r"^thing did not start: no more room$"),
        running("thing", command, ready=lambda: False),
    ):
        pytest.fail("it never was ready")
    assert not list(temporary.iterdir())


def test_what_is_never_ready_is_ended() -> None:
    seen: list[int] = []

    def ready() -> bool:
        seen.extend(int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _runs(folder, "sleep\x00601"))
        return False

    with pytest.raises(StartError), running("sleeper", ["/bin/sleep", "601"], ready=ready, seconds=0.3):
        pytest.fail("it never was ready")
    assert seen
    assert not any(alive(process) for process in seen)


def _runs(folder: Path, words: str) -> bool:
    try:
        return words in (folder / "cmdline").read_text()
    except OSError:
        return False


@pytest.mark.skipif(
    sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's: https://man7.org/linux/man-pages/man2/prctl.2.html"
)
def test_a_killed_portal_takes_its_children_along() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert alive(child)
        parent.kill()
    until(lambda: not alive(child))


def test_the_users_own_engine_wins(moto_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engines.ENDPOINT_VARIABLE, moto_endpoint)
    with engines.dynamodb() as endpoint:
        assert endpoint == moto_endpoint
    assert listening(moto_endpoint)


def test_an_engine_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
    monkeypatch.setenv(engines.ENDPOINT_VARIABLE, nobody)
    expected = f"^{engines.ENDPOINT_VARIABLE}: nothing answers at {nobody}$"
    with pytest.raises(StartError, match=expected), engines.dynamodb():
        pytest.fail("there is none")


def test_moto_stands_in_where_dynoxide_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with engines.dynamodb(packages=tmp_path) as endpoint:
        client = boto3.client("dynamodb", endpoint_url=endpoint, region_name=engines.REGION)
        assert client.list_tables()["TableNames"] == []
    assert "slow" in capsys.readouterr().err


def test_the_variables_are_settings_the_portal_accepts() -> None:
    settings = config.load(
        engines.environment(dynamodb="http://127.0.0.1:1", aws="http://127.0.0.1:2", origin="http://localhost:3")
    )
    assert settings.dynamodb_endpoint == "http://127.0.0.1:1"
    assert settings.s3_public_endpoint == settings.sqs_endpoint == settings.ses_endpoint == "http://127.0.0.1:2"
    assert settings.origin == "http://localhost:3"


def test_a_persons_own_aws_set_up_stays_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://s3.example")
    before = dict(os.environ)
    try:
        engines.apply({"AWS_REGION": "us-east-1"})
        assert "AWS_PROFILE" not in os.environ
        assert "AWS_ENDPOINT_URL_S3" not in os.environ
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_what_killed_processes_left_in_memory_goes(tmp_path: Path) -> None:
    ended = subprocess.Popen(["/bin/true"])
    ended.wait()
    left, going_on = tmp_path / f"portico-{ended.pid}-abc", tmp_path / f"portico-{os.getpid()}-abc"
    other = tmp_path / "portico-someone"
    for folder in (left, going_on, other):
        folder.mkdir()
        (folder / "dynamodb.sqlite").write_bytes(b"")
    engines.clear_away(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([going_on, other])
