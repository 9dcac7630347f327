"""AWS's own translation of a SAM template, which CloudFormation does while deploying.

`python -m tests.package.translating FROM TO`: a process of its own, as the translator takes its time to load.
"""

import json
import sys
from pathlib import Path
from typing import Any

from samtranslator.parser.parser import Parser  # type: ignore[import-untyped]  # ships no types
from samtranslator.translator.translator import Translator  # type: ignore[import-untyped]

# Where `aws cloudformation package` puts the zip before that.
_UPLOADED = "s3://bucket/deployment.zip"


def translate(template: dict[str, Any]) -> dict[str, Any]:
    """The template in plain CloudFormation. Raises what SAM raises for a template it does not take."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = _UPLOADED
    translated: dict[str, Any] = Translator({}, Parser()).translate(template, {})
    return translated


if __name__ == "__main__":
    made = translate(json.loads(Path(sys.argv[1]).read_text()))
    Path(sys.argv[2]).write_text(json.dumps(made, indent=2, sort_keys=True) + "\n")
