"""What the CDN and API Gateway say on their own: headers of documents, and answers to what reaches no function."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chalicelib.core import answers, texts

_DOCUMENT_HEADERS = Path(__file__).parent / "document-headers.json"
# Browsers post files straight to these buckets; links to files are navigated to, which no rule covers.
# In us-east-1 boto3 signs for the address without the region.
_FILES_ORIGIN = {
    "Fn::If": [
        "UsEast1",
        {"Fn::Sub": "https://${QuarantineBucket.DomainName} https://${ResultsBucket.DomainName}"},
        {"Fn::Sub": "https://${QuarantineBucket.RegionalDomainName} https://${ResultsBucket.RegionalDomainName}"},
    ]
}
# Answers of the gateway that we word, by their type: status, and code of the problem. To an unknown path it would say
# 403 "Missing Authentication Token".
_GATEWAY_ANSWERS = {
    "MISSING_AUTHENTICATION_TOKEN": (404, "not_found"),
    "INVALID_API_KEY": (403, "forbidden"),
    "REQUEST_TOO_LARGE": (413, "too_large"),
    "THROTTLED": (503, "busy"),
    "DEFAULT_5XX": (503, "busy"),
}


def complete(template: dict[str, Any]) -> None:
    """Add the headers that the CDN sends and the answers of the gateway to the template."""
    documents = json.loads(_DOCUMENT_HEADERS.read_text("utf-8"))["headers"]
    template.setdefault("Conditions", {})["UsEast1"] = {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}
    resources = template["Resources"]
    resources["DocumentHeaders"] = _headers("documents", documents, override=True)
    # Functions send these themselves, some with other values: the CDN adds what the gateway's own answers lack.
    resources["ApiHeaders"] = _headers("api", answers.SECURITY_HEADERS, override=False)
    resources["RestAPI"]["Properties"]["GatewayResponses"] = {
        kind: _gateway_answer(status, code) for kind, (status, code) in _GATEWAY_ANSWERS.items()
    }


def _headers(name: str, headers: Mapping[str, str], *, override: bool) -> dict[str, Any]:
    """A response headers policy that sends these; `{files_origin}` in them is where browsers post files."""
    security: dict[str, Any] = {}
    custom: list[dict[str, Any]] = []
    for header, value in headers.items():
        made = _security_header(header, value)
        if made is None:
            custom.append({"Header": header, "Value": value, "Override": override})
        else:
            security[made[0]] = {**made[1], "Override": override}
    return {
        "Type": "AWS::CloudFront::ResponseHeadersPolicy",
        "Properties": {
            "ResponseHeadersPolicyConfig": {
                "Name": {"Fn::Sub": f"portico-${{Stage}}-{name}"},
                "SecurityHeadersConfig": security,
                "CustomHeadersConfig": {"Items": custom},
            }
        },
    }


def _security_header(header: str, value: str) -> tuple[str, dict[str, Any]] | None:
    """A header that CloudFront has a field of its own for, and takes only there. Raises ValueError for other values."""
    if header == "Content-Security-Policy":
        policy = {"Fn::Sub": [value.replace("{files_origin}", "${Files}"), {"Files": _FILES_ORIGIN}]}
        return "ContentSecurityPolicy", {"ContentSecurityPolicy": policy if "{files_origin}" in value else value}
    if header == "Strict-Transport-Security":
        age = re.fullmatch(r"max-age=(\d+); includeSubDomains", value)
        if age is None:
            raise ValueError(f"{header}: {value}")
        return "StrictTransportSecurity", {"AccessControlMaxAgeSec": int(age[1]), "IncludeSubdomains": True}
    if header == "X-Content-Type-Options":
        if value != "nosniff":
            raise ValueError(f"{header}: {value}")
        return "ContentTypeOptions", {}
    if header == "X-Frame-Options":
        return "FrameOptions", {"FrameOption": value}
    if header == "Referrer-Policy":
        return "ReferrerPolicy", {"ReferrerPolicy": value}
    return None


def _gateway_answer(status: int, code: str) -> dict[str, Any]:
    """A problem document (RFC 9457) like those of core/answers.py, in English: the gateway knows no languages."""
    document = {
        "type": "about:blank",
        "title": texts.text("en", f"problem.{code}.title"),
        "status": status,
        "detail": texts.text("en", f"problem.{code}"),
        "code": code,
        "request_id": "$context.requestId",
    }
    return {
        "StatusCode": status,
        "ResponseTemplates": {"application/json": json.dumps(document)},
        # Fixed values go in single quotes.
        "ResponseParameters": {"Headers": {"Content-Type": f"'{answers.PROBLEM}'", "Content-Language": "'en'"}},
    }
