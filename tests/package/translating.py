"""AWS's own translation of a SAM template, which CloudFormation does while deploying."""

import copy
from typing import Any

from samtranslator.parser.parser import Parser  # type: ignore[import-untyped]  # ships no types
from samtranslator.translator.translator import Translator  # type: ignore[import-untyped]

# Where `aws cloudformation package` puts the zip before that.
_UPLOADED = "s3://bucket/deployment.zip"


def translate(template: dict[str, Any]) -> dict[str, Any]:
    """The template in plain CloudFormation. Raises what SAM raises for a template it does not take."""
    packaged = copy.deepcopy(template)
    for resource in packaged["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = _UPLOADED
    translated: dict[str, Any] = Translator({}, Parser()).translate(packaged, {})
    return translated
