"""What is in the zip: all that the functions need, and nothing else."""

import importlib.util
import json
import re
import struct
import sys
import zipfile
from pathlib import Path

import pytest

from infra import ROOT, dependencies, package

pytestmark = pytest.mark.timeout(300)  # the first test waits for the package

MOST_BYTES = 25_000_000
UNCHECKED_HASH = 1


@pytest.fixture(scope="session")
def names(built: Path) -> list[str]:
    with zipfile.ZipFile(built / package.ZIP) as archive:
        return archive.namelist()


def test_size(built: Path) -> None:
    assert (built / package.ZIP).stat().st_size <= MOST_BYTES


def test_the_whole_app_is_in_it(names: list[str]) -> None:
    ours = {"app.py", *(path.relative_to(ROOT).as_posix() for path in (ROOT / "chalicelib").rglob("*.py"))}
    texts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "chalicelib" / "texts").glob("*.json")}
    assert ours | texts <= set(names)


def test_nothing_else_of_this_repository_is_in_it(names: list[str]) -> None:
    """Neither the local portal nor tests nor the frontend; nor what a route of theirs would begin with."""
    tops = {name.split("/")[0] for name in names}
    assert not tops & {"bench", "docs", "frontend", "infra", "local", "policies", "tests", ".chalice"}
    assert not [name for name in names if "_local" in name.split("/") or "/tests/" in name or ".dist-info" in name]
    sources = [path for path in (ROOT / "chalicelib").rglob("*.py") if "_local" in path.read_text()]
    assert sources == []


def test_every_module_is_compiled_and_never_checked(built: Path, names: list[str]) -> None:
    """Lambda's folder is read-only: bytecode that is missing or thought stale is made anew at every cold start."""
    sources = [name for name in names if name.endswith(".py")]
    assert len(sources) > 200
    with zipfile.ZipFile(built / package.ZIP) as archive:
        for source in sources:
            header = archive.read(importlib.util.cache_from_source(source))[:8]
            magic, flags = header[:4], struct.unpack("<I", header[4:])[0]
            assert (magic, flags) == (importlib.util.MAGIC_NUMBER, UNCHECKED_HASH), source


def test_libraries_are_for_the_machine_that_runs_them(built: Path) -> None:
    """The number of the architecture in each library's header is that of the configured one."""
    wanted = {"arm64": 183, "x86_64": 62}[
        json.loads((ROOT / ".chalice" / "config.json").read_text())["lambda_architecture"]
    ]
    with zipfile.ZipFile(built / package.ZIP) as archive:
        libraries = [name for name in archive.namelist() if name.endswith(".so")]
        assert len(libraries) == 12, libraries
        for name in libraries:
            assert struct.unpack("<H", archive.read(name)[18:20])[0] == wanted, name


def test_libraries_ask_for_no_newer_c_library_than_lambda_has(built: Path) -> None:
    with zipfile.ZipFile(built / package.ZIP) as archive:
        for name in archive.namelist():
            if name.endswith(".so"):
                asked = {int(minor) for minor in re.findall(rb"GLIBC_2\.(\d+)", archive.read(name))}
                assert max(asked) <= dependencies.GLIBC_MINOR, name


def test_botocore_knows_the_services_in_use(names: list[str]) -> None:
    data = {name.split("/")[2] for name in names if name.startswith("botocore/data/") and name.count("/") > 2}
    assert data == dependencies.SERVICES


def test_the_same_sources_make_the_same_bytes(built: Path, unpacked: Path) -> None:
    """Against the package for this machine, which was made another time from other downloads."""
    assert (built / package.TEMPLATE).read_bytes() == (unpacked.parent / package.TEMPLATE).read_bytes()
    with zipfile.ZipFile(built / package.ZIP) as archive, zipfile.ZipFile(unpacked.parent / package.ZIP) as other:
        ours, theirs = (
            {entry.filename: (entry.date_time, entry.external_attr, entry.CRC, entry.compress_size) for entry in of}
            for of in (archive.infolist(), other.infolist())
        )
    # In the same order, too.
    names = [[name for name in of if not name.endswith(".so")] for of in (ours, theirs)]
    assert names[0] == names[1] == sorted(names[0])
    assert {name: ours[name] for name in names[0]} == {name: theirs[name] for name in names[1]}
    assert {when for when, *_ in ours.values()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_unknown_stage_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert package.main(["--stage", "nowhere", "--out", str(tmp_path)]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_python_of_the_build_is_the_one_of_the_functions(built: Path) -> None:
    """The bytecode of one version is of no use to another."""
    template = json.loads((built / package.TEMPLATE).read_text())
    runtimes = {
        resource["Properties"]["Runtime"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    assert runtimes == {f"python{sys.version_info.major}.{sys.version_info.minor}"}
