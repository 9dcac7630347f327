"""The tables and buckets of the deployed template, rule by rule."""

from typing import Any

import pytest

from chalicelib.core import tables
from tests.package.resolving import Resolver
from tests.package.sections import Resources, of_type

pytestmark = pytest.mark.timeout(300)  # the first test waits for the package

ACCESS = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
FILES = ("QuarantineBucket", "CleanBucket", "ResultsBucket")


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda table: table.table)
def test_tables_are_those_of_the_code(table: type[tables.Row], resources: Resources, resolver: Resolver) -> None:
    found = {resolver.value(made["TableName"]): made for made in of_type(resources, "AWS::DynamoDB::Table").values()}
    assert len(found) == len(tables.TABLES)
    made = found[tables.table_name(table.table)]
    keys = {key["KeyType"]: key["AttributeName"] for key in made["KeySchema"]}
    model: Any = table
    schema = model._get_schema()
    assert keys == {"HASH": model._hash_key_attribute().attr_name, "RANGE": model._range_key_attribute().attr_name}
    assert {(item["AttributeName"], item["AttributeType"]) for item in made["AttributeDefinitions"]} == {
        (item["AttributeName"], item["AttributeType"]) for item in schema["attribute_definitions"]
    }
    assert {index["IndexName"]: _keys(index["KeySchema"]) for index in made.get("GlobalSecondaryIndexes", [])} == {
        index["index_name"]: _keys(index["key_schema"]) for index in schema["global_secondary_indexes"]
    }
    ttl = model._ttl_attribute()
    wanted = {"AttributeName": ttl.attr_name, "Enabled": True} if ttl else None
    assert made.get("TimeToLiveSpecification") == wanted
    view = getattr(model.Meta, "stream_view_type", None)
    assert made.get("StreamSpecification") == ({"StreamViewType": view} if view else None)


def _keys(schema: list[dict[str, str]]) -> dict[str, str]:
    return {key["KeyType"]: key["AttributeName"] for key in schema}


def test_tables_can_be_brought_back(resources: Resources) -> None:
    """S-OPS-04."""
    for made in of_type(resources, "AWS::DynamoDB::Table").values():
        assert made["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert made["DeletionProtectionEnabled"] is True
        assert made["SSESpecification"] == {"SSEEnabled": True}
        assert made["BillingMode"] == "PAY_PER_REQUEST"


@pytest.mark.parametrize("kind", ["AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::Logs::LogGroup"])
def test_what_holds_data_outlives_the_stack(kind: str, resources: Resources) -> None:
    """S-OPS-04."""
    for logical_id in of_type(resources, kind):
        made = resources[logical_id]
        assert (made["DeletionPolicy"], made["UpdateReplacePolicy"]) == ("Retain", "Retain"), logical_id


def test_no_bucket_is_public(resources: Resources) -> None:
    """S-FILE-09."""
    for logical_id, made in of_type(resources, "AWS::S3::Bucket").items():
        assert made["PublicAccessBlockConfiguration"] == dict.fromkeys(ACCESS, True), logical_id
        assert made["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}, logical_id
        assert made["VersioningConfiguration"] == {"Status": "Enabled"}, logical_id


def test_files_are_encrypted_with_a_key_of_their_own(resources: Resources) -> None:
    """S-FILE-09; what decrypts the clean bucket does not decrypt quarantine (S-OPS-01)."""
    keys = []
    for bucket in FILES:
        encryption = resources[bucket]["Properties"]["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        default = encryption[0]["ServerSideEncryptionByDefault"]
        assert default["SSEAlgorithm"] == "aws:kms"
        keys.append(default["KMSMasterKeyID"]["Fn::GetAtt"][0])
    assert keys == ["QuarantineKey", "CleanKey", "ResultsKey"]


def test_keys_are_turned_but_the_pepper(resources: Resources) -> None:
    """S-FILE-09, S-OPS-02: KMS turns no key of an HMAC (S-AUTH-09)."""
    made = of_type(resources, "AWS::KMS::Key")
    assert {id_ for id_, key in made.items() if key.get("EnableKeyRotation") is not True} == {"PepperKey"}
    assert made["PepperKey"]["KeySpec"] == "HMAC_256"


def test_buckets_and_queues_speak_tls_only(resources: Resources) -> None:
    """S-FILE-09, S-OPS-03."""
    buckets = set(of_type(resources, "AWS::S3::Bucket"))
    queues = set(of_type(resources, "AWS::SQS::Queue"))
    guarded: set[str] = set()
    for kind in ("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"):
        for made in of_type(resources, kind).values():
            statement = next(found for found in made["PolicyDocument"]["Statement"] if found["Sid"] == "OnlyTls")
            assert (statement["Effect"], statement["Principal"]) == ("Deny", "*")
            assert statement["Action"] in ("s3:*", "sqs:*")
            assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
            guarded |= {place["Ref"] for place in made.get("Queues", []) or [made["Bucket"]]}
    assert guarded == buckets | queues


def test_browsers_of_the_portal_alone_may_read_answers(resources: Resources, resolver: Resolver) -> None:
    """S-IO-03: one exact origin; S-FILE-01: files are posted."""
    found = {}
    for bucket, made in of_type(resources, "AWS::S3::Bucket").items():
        for rule in made.get("CorsConfiguration", {}).get("CorsRules", []):
            assert resolver.value(rule["AllowedOrigins"]) == ["https://portal.plan.example"]
            assert "*" not in rule.get("AllowedHeaders", [])
            found[bucket] = rule["AllowedMethods"]
    assert found == {"QuarantineBucket": ["POST"], "CleanBucket": ["GET"], "ResultsBucket": ["POST"]}


def test_orphans_go_and_clean_files_stay(resources: Resources) -> None:
    """S-FILE-08; MSG-10 asks for ten years."""
    orphans, _ = resources["QuarantineBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert (orphans["Status"], orphans["ExpirationInDays"]) == ("Enabled", 7)
    assert orphans["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}
    week, _ = resources["ResultsBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert (week["Status"], week["ExpirationInDays"]) == ("Enabled", 7)
    assert week["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}
    (retention,) = resources["CleanBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert "ExpirationInDays" not in retention
    assert retention["NoncurrentVersionExpiration"]["NoncurrentDays"] >= 3652


def test_every_touch_of_a_file_is_on_record(resources: Resources) -> None:
    """S-FILE-09."""
    (selector,) = resources["Trail"]["Properties"]["AdvancedEventSelectors"]
    rules = {rule["Field"]: rule for rule in selector["FieldSelectors"]}
    assert rules["eventCategory"]["Equals"] == ["Data"]
    assert rules["resources.ARN"]["StartsWith"] == [{"Fn::Sub": f"${{{bucket}.Arn}}/"} for bucket in FILES]
    assert resources["Trail"]["Properties"]["IsLogging"] is True


def test_the_scanner_watches_quarantine(resources: Resources) -> None:
    """S-FILE-05: its results reach the handler, for this bucket alone, and one that is given up is kept."""
    plan = resources["ScannerPlan"]["Properties"]
    assert plan["ProtectedResource"]["S3Bucket"]["BucketName"] == {"Ref": "QuarantineBucket"}
    function = resources["RecordScanResult"]["Properties"]
    pattern = function["Events"]["RecordScanResultEvent"]["Properties"]["Pattern"]
    assert pattern["source"] == ["aws.guardduty"]
    assert pattern["detail"]["s3ObjectDetails"]["bucketName"] == [{"Ref": "QuarantineBucket"}]
    failed = function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"]
    assert failed == {"Fn::GetAtt": ["FailedEventsQueue", "Arn"]}


def test_bounces_and_complaints_come_back(resources: Resources) -> None:
    """S-MAIL-07: of our mails alone; SES's own list does not hold back what the portal tries again."""
    kept = resources["MailConfigurationSet"]["Properties"]
    assert kept["SuppressionOptions"] == {"SuppressedReasons": []}
    destination = resources["MailEvents"]["Properties"]
    assert destination["ConfigurationSetName"] == {"Ref": "MailConfigurationSet"}
    assert destination["EventDestination"]["Enabled"] is True
    assert destination["EventDestination"]["MatchingEventTypes"] == ["bounce", "complaint"]
    function = resources["RecordMailResult"]["Properties"]
    pattern = function["Events"]["RecordMailResultEvent"]["Properties"]["Pattern"]
    assert pattern["source"] == ["aws.ses"]
    assert pattern["detail-type"] == ["Email Bounced", "Email Complaint Received"]
    assert pattern["detail"]["mail"]["tags"]["ses:configuration-set"] == [{"Ref": "MailConfigurationSet"}]
    failed = function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"]
    assert failed == {"Fn::GetAtt": ["FailedEventsQueue", "Arn"]}
