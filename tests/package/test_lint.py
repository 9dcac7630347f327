"""Tools that know CloudFormation and SAM have nothing to say about the template."""

import hashlib
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from infra import package
from infra.dependencies import alone
from tests.package.conftest import BUILT

pytestmark = pytest.mark.timeout(300)  # the first test waits for the package


def remarks(text: str) -> list[str]:
    """What cfn-lint says of a template. It takes seconds and looks at nothing else, so what it said is kept."""
    digest = hashlib.sha256(f"{version('cfn-lint')} {text}".encode()).hexdigest()
    kept = BUILT / "lint" / f"{digest}.json"
    with alone(kept.with_suffix(".lock")):
        if not kept.exists():
            template = kept.with_suffix(".template")
            template.write_text(text)
            run = "import sys; from cfnlint.runner.cli import main; sys.exit(main())"
            command = [sys.executable, "-c", run, "--regions", "us-east-1", "--format", "json", str(template)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.stdout, done.stderr
            kept.write_text(done.stdout)
    return [found["Message"] for found in json.loads(kept.read_text())]


def test_the_template(built: Path) -> None:
    assert remarks((built / package.TEMPLATE).read_text()) == []


def test_the_template_as_aws_translates_it(translated: dict[str, Any]) -> None:
    assert remarks(json.dumps(translated)) == []


def test_a_wrong_reference_is_found(template: dict[str, Any]) -> None:
    policy = template["Resources"]["CleanBucketPolicy"]
    planted = {"Type": policy["Type"], "Properties": {**policy["Properties"], "Bucket": {"Ref": "ClaenBucket"}}}
    assert any("ClaenBucket" in remark for remark in remarks(json.dumps({"Resources": {"Planted": planted}})))
