"""The list of known differences names tests that there are."""

import importlib
from pathlib import Path

from tests.conformance import differences


def test_every_difference_is_of_a_test_here() -> None:
    """One whose test is gone excuses nothing and goes too."""
    modules = [
        importlib.import_module(f"{__package__}.{file.stem}") for file in Path(__file__).parent.glob("test_*.py")
    ]
    tests = {name for module in modules for name in vars(module) if name.startswith("test_")}
    assert {known.test for known in differences.KNOWN} <= tests


def test_each_is_told_once_and_says_where_to_read_of_it() -> None:
    assert len({(known.engine, known.test) for known in differences.KNOWN}) == len(differences.KNOWN)
    assert all(known.reason and known.link.startswith("https://") for known in differences.KNOWN)
    assert all(known.engine != "aws" for known in differences.KNOWN), "AWS is what the others differ from"
