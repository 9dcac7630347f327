"""The API of the deployed template and the way to it, rule by rule."""

import copy
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from chalice.app import Chalice

from app import app
from chalicelib.core import openapi
from infra import ROOT, package
from tests.package.resolving import Resolver
from tests.package.sections import Resources, of_type, statements

pytestmark = pytest.mark.timeout(300)  # the first test waits for the package


Route = tuple[str, str]


def routes_of(paths: Mapping[str, Iterable[str]]) -> set[Route]:
    """Method and path of every route in an OpenAPI document's paths, or in Chalice's own table."""
    return {(method.upper(), path) for path, methods in paths.items() for method in methods}


def disagreements(translated: dict[str, Any], published: dict[str, Any]) -> list[str]:
    """Routes that are deployed and not in the API document, and the other way round."""
    deployed = routes_of(translated["Resources"]["RestAPI"]["Properties"]["Body"]["paths"])
    told = routes_of(published["paths"])
    return sorted(
        [f"{method} {path} is deployed and not in the document" for method, path in deployed - told]
        + [f"{method} {path} is in the document and not deployed" for method, path in told - deployed]
    )


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    """The API document."""
    return openapi.document(app.declared)


def test_routes_are_those_of_the_code_and_the_document(translated: dict[str, Any], published: dict[str, Any]) -> None:
    """S-OPS-09: what is deployed is what is declared and published."""
    assert disagreements(translated, published) == []
    assert routes_of(published["paths"]) == routes_of(app.routes)


@pytest.mark.parametrize("path", ["/planted", "/session"])
def test_a_planted_route_without_a_document_is_told(
    path: str, translated: dict[str, Any], published: dict[str, Any]
) -> None:
    """S-OPS-09: a path of its own, and one more method of a known one."""
    planted = copy.deepcopy(translated)
    planted["Resources"]["RestAPI"]["Properties"]["Body"]["paths"].setdefault(path, {})["patch"] = {}
    assert disagreements(planted, published) == [f"PATCH {path} is deployed and not in the document"]


def test_a_route_of_the_document_that_is_not_deployed_is_told(
    translated: dict[str, Any], published: dict[str, Any]
) -> None:
    """S-OPS-09: each, taken away from the template."""
    known = translated["Resources"]["RestAPI"]["Properties"]["Body"]["paths"]
    for method, path in routes_of(published["paths"]):
        paths = {one: dict.fromkeys(methods) for one, methods in known.items()}
        planted: dict[str, Any] = {"Resources": {"RestAPI": {"Properties": {"Body": {"paths": paths}}}}}
        del planted["Resources"]["RestAPI"]["Properties"]["Body"]["paths"][path][method.lower()]
        assert disagreements(planted, published) == [f"{method} {path} is in the document and not deployed"]


def test_a_route_past_the_request_door_is_told(published: dict[str, Any]) -> None:
    """S-OPS-09: one put into Chalice's own table, as `@app.route` does, is in the template and not in the document."""
    planted = Chalice("planted")
    planted.route("/planted")(dict)
    table = {**app.routes, **planted.routes}
    assert routes_of(table) - routes_of(published["paths"]) == {("GET", "/planted")}


def test_no_authorizer(translated: dict[str, Any]) -> None:
    """S-SESS-05: nothing about a person is cached; the one scheme is the key of the CDN, which every route asks for."""
    body = translated["Resources"]["RestAPI"]["Properties"]["Body"]
    assert body["securityDefinitions"] == {"api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"}}
    for methods in body["paths"].values():
        for method in methods.values():
            assert method["security"] == [{"api_key": []}]
    kinds = {resource["Type"] for resource in translated["Resources"].values()}
    assert not {kind for kind in kinds if "Authorizer" in kind}
    assert "x-amazon-apigateway-authorizer" not in json.dumps(translated)


def test_no_cors_on_the_api(translated: dict[str, Any]) -> None:
    """S-IO-03: pages and API have one origin, so no route answers a preflight and no answer allows another origin."""
    paths = translated["Resources"]["RestAPI"]["Properties"]["Body"]["paths"]
    assert not [path for path, methods in paths.items() if "options" in methods]
    text = json.dumps(translated)
    assert "Access-Control-Allow-Origin" not in text
    assert "AccessControlAllowOrigins" not in text


def test_bodies_are_not_traced(translated: dict[str, Any]) -> None:
    """S-OPS-05: no data trace in any stage, no tracing by X-Ray."""
    for made in of_type(translated["Resources"], "AWS::ApiGateway::Stage").values():
        (setting,) = made["MethodSettings"]
        assert (setting["HttpMethod"], setting["ResourcePath"]) == ("*", "/*")
        assert setting["DataTraceEnabled"] is False
        assert not made.get("TracingEnabled")
    for made in of_type(translated["Resources"], "AWS::Lambda::Function").values():
        assert made["TracingConfig"] == {"Mode": "PassThrough"}


def test_old_tls_is_refused(resources: Resources) -> None:
    """S-OPS-03: browsers to the CDN, the CDN to the API, anybody to the API and to files."""
    distribution = resources["Distribution"]["Properties"]["DistributionConfig"]
    assert distribution["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    api = next(origin for origin in distribution["Origins"] if origin["Id"] == "api")["CustomOriginConfig"]
    assert (api["OriginProtocolPolicy"], api["OriginSSLProtocols"]) == ("https-only", ["TLSv1.2"])
    behaviors = [distribution["DefaultCacheBehavior"], *distribution["CacheBehaviors"]]
    assert all(made["ViewerProtocolPolicy"] in ("redirect-to-https", "https-only") for made in behaviors)
    rest = resources["RestAPI"]["Properties"]
    assert re.fullmatch(r"SecurityPolicy_TLS13_1_[23]_.*", rest["SecurityPolicy"])
    assert rest["EndpointAccessMode"] == "STRICT"
    for policy in ("QuarantineBucketPolicy", "CleanBucketPolicy", "ResultsBucketPolicy"):
        conditions = [found.get("Condition") for found in statements(resources, policy)]
        assert {"NumericLessThan": {"s3:TlsVersion": "1.2"}} in conditions


def test_the_api_hears_the_cdn_alone(resources: Resources, resolver: Resolver) -> None:
    """S-OPS-03: in place of closing the execute-api endpoint, which the CDN calls."""
    distribution = resources["Distribution"]["Properties"]["DistributionConfig"]
    api = next(origin for origin in distribution["Origins"] if origin["Id"] == "api")
    (header,) = api["OriginCustomHeaders"]
    assert header["HeaderName"] == "x-api-key"
    assert header["HeaderValue"] == resources["EdgeKey"]["Properties"]["Value"]
    assert resources["EdgeUsageKey"]["Properties"]["KeyId"] == {"Ref": "EdgeKey"}
    (stage,) = resources["EdgeUsage"]["Properties"]["ApiStages"]
    assert stage["ApiId"] == {"Ref": "RestAPI"}
    assert resources["RestAPI"]["Properties"]["Auth"] == {"ApiKeyRequired": True}
    assert resources["RestAPI"]["Properties"]["StageName"] == "api"


def test_the_api_is_never_cached(resources: Resources) -> None:
    distribution = resources["Distribution"]["Properties"]["DistributionConfig"]
    (api,) = distribution["CacheBehaviors"]
    assert (api["PathPattern"], api["TargetOriginId"]) == ("/api/*", "api")
    assert api["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert api["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    assert distribution["DefaultCacheBehavior"]["AllowedMethods"] == ["GET", "HEAD"]


def test_the_frontend_is_read_by_the_cdn_alone(resources: Resources) -> None:
    """S-FILE-09."""
    allowed = [found for found in statements(resources, "FrontendBucketPolicy") if found["Effect"] == "Allow"]
    assert [found["Principal"] for found in allowed] == [{"Service": "cloudfront.amazonaws.com"}]
    assert "${Distribution}" in json.dumps(allowed[0]["Condition"])
    assert resources["FrontendAccess"]["Properties"]["OriginAccessControlConfig"]["SigningBehavior"] == "always"


def test_nothing_of_this_machine_is_in_the_template(built: Path) -> None:
    assert str(ROOT) not in (built / package.TEMPLATE).read_text()
