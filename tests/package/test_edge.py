"""What the CDN does with requests and says of its own, rule by rule."""

import json
import subprocess
from typing import Any

import boto3
import pytest
from botocore.client import Config

from chalicelib.core import answers, config
from infra import ROOT
from local import setup
from tests.package.conftest import resolver_of
from tests.package.resolving import Resolver
from tests.package.sections import Resources

pytestmark = pytest.mark.timeout(300)  # the first test waits for the package


def headers_of(resources: Resources, name: str, resolver: Resolver) -> tuple[dict[str, str], set[bool]]:
    """What a response headers policy sends, and whether it replaces what the origin sent."""
    made = resources[name]["Properties"]["ResponseHeadersPolicyConfig"]
    security = resolver.value(made["SecurityHeadersConfig"])
    transport = security["StrictTransportSecurity"]
    assert transport["IncludeSubdomains"] is True
    custom = made["CustomHeadersConfig"]["Items"]
    sent = {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "Strict-Transport-Security": f"max-age={transport['AccessControlMaxAgeSec']}; includeSubDomains",
        "X-Content-Type-Options": "nosniff" if "ContentTypeOptions" in security else "",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        **{item["Header"]: item["Value"] for item in custom},
    }
    return sent, {item["Override"] for item in [*security.values(), *custom]}


def test_documents_carry_the_same_headers_as_on_this_machine(resources: Resources, resolver: Resolver) -> None:
    """S-IO-02."""
    wanted = json.loads((ROOT / "infra" / "document-headers.json").read_text())["headers"]
    sent, override = headers_of(resources, "DocumentHeaders", resolver)
    buckets = (config.current().quarantine_bucket, config.current().results_bucket)
    files = " ".join(f"https://{bucket}.s3.amazonaws.com" for bucket in buckets)
    wanted["Content-Security-Policy"] = wanted["Content-Security-Policy"].replace("{files_origin}", files)
    assert sent == wanted
    assert override == {True}
    behavior = resources["Distribution"]["Properties"]["DistributionConfig"]["DefaultCacheBehavior"]
    assert behavior["ResponseHeadersPolicyId"] == {"Ref": "DocumentHeaders"}


def test_answers_of_the_gateway_itself_carry_the_headers_of_the_api(resources: Resources, resolver: Resolver) -> None:
    """S-IO-02: without replacing what a function says; S-IO-09: problem documents too."""
    sent, override = headers_of(resources, "ApiHeaders", resolver)
    assert sent == answers.SECURITY_HEADERS
    assert override == {False}
    (behavior,) = resources["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
    assert behavior["ResponseHeadersPolicyId"] == {"Ref": "ApiHeaders"}
    for made in resources["RestAPI"]["Properties"]["GatewayResponses"].values():
        problem = json.loads(made["ResponseTemplates"]["application/json"])
        assert problem["status"] == made["StatusCode"]
        assert set(problem) == {"type", "title", "status", "detail", "code", "request_id"}
        assert made["ResponseParameters"]["Headers"]["Content-Type"] == "'application/problem+json'"


@pytest.mark.parametrize("region", ["us-east-1", "us-west-2"])
def test_pages_may_send_files_where_forms_point(region: str, template: dict[str, Any]) -> None:
    """S-IO-02, S-FILE-01: the address in the form is one that the policy of the page allows."""
    # As core/aws.py makes it where there is no endpoint of its own.
    options = Config(s3={"addressing_style": "virtual"}, signature_version="s3v4")
    client = boto3.client("s3", region_name=region, config=options)
    buckets = (config.current().quarantine_bucket, config.current().results_bucket)
    urls = {client.generate_presigned_post(bucket, "a/b")["url"].rstrip("/") for bucket in buckets}
    sent, _ = headers_of(template["Resources"], "DocumentHeaders", resolver_of(template, region))
    connect = next(part for part in sent["Content-Security-Policy"].split("; ") if part.startswith("connect-src"))
    assert urls <= set(connect.split())


@pytest.mark.parametrize(
    ("asked", "served"),
    [
        ("/", "/index.html"),
        ("/messages", "/index.html"),
        ("/messages/dep_1.2/inbox", "/index.html"),
        ("/assets/index-abc.js", "/assets/index-abc.js"),
        ("/favicon.svg", "/favicon.svg"),
    ],
)
def test_deep_links(asked: str, served: str, resources: Resources) -> None:
    assert run_at_edge(resources, "DeepLinks", asked)["uri"] == served
    distribution = resources["Distribution"]["Properties"]["DistributionConfig"]
    assert "DeepLinks" in json.dumps(distribution["DefaultCacheBehavior"])
    assert "DeepLinks" not in json.dumps(distribution["CacheBehaviors"])


def test_the_address_of_a_browser_can_not_be_forged(resources: Resources) -> None:
    """S-LIM-04."""
    request = run_at_edge(resources, "ViewerAddress", "/api/plan", {"x-portal-address": {"value": "198.51.100.1"}})
    assert request["headers"]["x-portal-address"] == {"value": "203.0.113.9"}


def run_at_edge(
    resources: Resources, name: str, uri: str, headers: dict[str, dict[str, str]] | None = None
) -> dict[str, Any]:
    """What a CloudFront function makes of a request."""
    event = {"request": {"uri": uri, "headers": headers or {}}, "viewer": {"ip": "203.0.113.9"}}
    code = resources[name]["Properties"]["FunctionCode"]
    script = f"{code}\nconsole.log(JSON.stringify(handler({json.dumps(event)})))"
    command = ["node", "-e", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=setup.node_environment())
    made: dict[str, Any] = json.loads(done.stdout)
    return made
