"""The order of the features, by import-linter; the contracts stand in pyproject.toml."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping

import pytest
from importlinter import api
from importlinter.application import use_cases

from tests.architecture.source import ROOT

CONTRACTS = [contract["id"] for contract in api.read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]]

# Contract, module, and the line planted there that breaks it.
PLANTED = [
    ("order", "plan/store.py", "from chalicelib.messages import domain as late"),
    ("order", "core/ids.py", "from chalicelib.accounts.domain import User"),
    ("order", "accounts/store.py", "def later():\n    from chalicelib import subscriptions"),
    ("order", "surprises/__init__.py", ""),
    ("alone", "messages/store.py", "import local.seed"),
    ("alone", "core/http.py", "def later():\n    from tests import world"),
    ("rules", "messages/domain.py", "from pynamodb.models import Model"),
    ("rules", "accounts/domain.py", "from chalicelib.core import clock"),
    ("circles", "core/ids.py", "from chalicelib.core import journal"),
]

# In a process of its own: this one has the real chalicelib imported, and import-linter would find that.
_LINT = """
import importlib, json, os, sys
from importlinter import api
from importlinter.application import use_cases
broken = {}
for folder in sys.argv[1:]:
    sys.path[0] = folder
    os.chdir(folder)
    importlib.invalidate_caches()
    ids = [contract["id"] for contract in api.read_configuration("pyproject.toml")["contracts_options"]]
    broken[folder] = [
        id for id in ids
        if not use_cases.lint_imports("pyproject.toml", limit_to_contracts=(id,), cache_dir=None, no_logo=True)
    ]
print("\\n" + json.dumps(broken))
"""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Mapping[object, list[str]]:
    """What each planted line breaks, in a copy of the packages of its own; under None, what a clean copy breaks."""
    folders = {}
    for planted in (*PLANTED, None):
        folder = tmp_path_factory.mktemp("planted")
        shutil.copytree(ROOT / "chalicelib", folder / "chalicelib", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        if planted is not None:
            module = folder / "chalicelib" / planted[1]
            module.parent.mkdir(exist_ok=True)
            with module.open("a") as text:
                text.write(f"\n{planted[2]}\n")
        folders[planted] = str(folder)
    command = [sys.executable, "-c", _LINT, *folders.values()]
    linted = subprocess.run(command, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stderr
    told = json.loads(linted.stdout.splitlines()[-1])
    return {planted: told[folder] for planted, folder in folders.items()}


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_contract_is_kept(contract: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept = use_cases.lint_imports(str(ROOT / "pyproject.toml"), limit_to_contracts=(contract,), cache_dir=None)
    assert kept, capsys.readouterr().out


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted[0]}-{planted[1]}")
def test_a_planted_import_breaks_its_contract(
    broken: Mapping[object, list[str]], planted: tuple[str, str, str]
) -> None:
    assert planted[0] in broken[planted]


def test_the_copies_themselves_break_nothing(broken: Mapping[object, list[str]]) -> None:
    assert broken[None] == []
    assert {planted[0] for planted in PLANTED} == set(CONTRACTS), "a contract has no planted offence"
