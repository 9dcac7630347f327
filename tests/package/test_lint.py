"""Tools that know CloudFormation and SAM have nothing to say about the template."""

import hashlib
import json
from importlib.metadata import version
from typing import Any

import pytest
from cfnlint.api import ManualArgs, lint  # type: ignore[import-untyped]  # ships no types

from tests.package.conftest import BUILT

pytestmark = pytest.mark.timeout(300)  # the first test waits for the package


def remarks(template: dict[str, Any]) -> list[str]:
    """What cfn-lint says. It takes seconds and depends on nothing but the template, so its answers are kept."""
    text = json.dumps(template, sort_keys=True)
    kept = BUILT / "lint" / hashlib.sha256(f"{version('cfn-lint')} {text}".encode()).hexdigest()
    if not kept.exists():
        found = [str(remark) for remark in lint(text, config=ManualArgs(regions=["us-east-1"]))]
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found))
    said: list[str] = json.loads(kept.read_text())
    return said


def test_the_template(template: dict[str, Any]) -> None:
    assert remarks(template) == []


def test_the_template_as_aws_translates_it(translated: dict[str, Any]) -> None:
    assert remarks(translated) == []


def test_a_wrong_reference_is_found(translated: dict[str, Any]) -> None:
    policy = translated["Resources"]["CleanBucketPolicy"]
    planted = {"Type": policy["Type"], "Properties": {**policy["Properties"], "Bucket": {"Ref": "ClaenBucket"}}}
    assert any("ClaenBucket" in remark for remark in remarks({"Resources": {"Planted": planted}}))
