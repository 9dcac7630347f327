"""What the intrinsic functions of a template come to, once it is deployed with some parameters in us-east-1."""

import re
from collections.abc import Mapping
from typing import Any

ACCOUNT = "123456789012"
REGION = "us-east-1"
_PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": "portico",
}


class Unresolved(Exception):
    """The template uses something that this does not know: teach it."""


class Resolver:
    """Resolves the values of one template."""

    def __init__(self, template: Mapping[str, Any], parameters: Mapping[str, str], names: Mapping[str, str]) -> None:
        """`names` are the names of resources that CloudFormation would choose, by logical id."""
        self._resources = template["Resources"]
        self._conditions = template.get("Conditions", {})
        self._parameters = {**_PSEUDO, **parameters}
        self._names = names

    def value(self, value: Any) -> Any:
        """A value with all functions in it resolved. Raises Unresolved."""
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), *_ = value.items()
            if name == "Ref":
                return self._ref(argument)
            if name.startswith("Fn::"):
                return self._function(name, argument)
        return {name: self.value(item) for name, item in value.items()}

    def arn(self, logical_id: str) -> str:
        """The ARN of a resource."""
        return str(self._attribute(logical_id, "Arn"))

    def _function(self, name: str, argument: Any) -> Any:
        if name == "Fn::GetAtt":
            return self._attribute(*argument)
        if name == "Fn::Sub":
            text, places = (argument, {}) if isinstance(argument, str) else argument
            return re.sub(r"\$\{([^}]+)\}", lambda found: self._place(found[1], places), text)
        if name == "Fn::Select":
            return self.value(argument[1])[int(argument[0])]
        if name == "Fn::Split":
            return self.value(argument[1]).split(argument[0])
        if name == "Fn::Join":
            return argument[0].join(self.value(argument[1]))
        if name == "Fn::Equals":
            return self.value(argument[0]) == self.value(argument[1])
        if name == "Fn::If":
            return self.value(argument[1] if self.value(self._conditions[argument[0]]) else argument[2])
        raise Unresolved(name)

    def _place(self, name: str, places: Mapping[str, Any]) -> str:
        if name in places:
            return str(self.value(places[name]))
        if "." in name:
            return str(self._attribute(*name.split(".", 1)))
        return str(self._ref(name))

    def _ref(self, name: str) -> str:
        if name in self._parameters:
            return self._parameters[name]
        return self._name(name)

    def _name(self, logical_id: str) -> str:
        """The name that a resource is called by in AWS."""
        if logical_id in self._names:
            return self._names[logical_id]
        if logical_id not in self._resources and "." not in logical_id:
            raise Unresolved(logical_id)
        properties = self._resources.get(logical_id, {}).get("Properties", {})
        for name in ("TableName", "QueueName", "FunctionName", "LogGroupName", "TopicName", "Name"):
            if name in properties:
                return str(self.value(properties[name]))
        return logical_id.lower()

    def _attribute(self, logical_id: str, attribute: str) -> str:
        if logical_id not in self._resources:
            raise Unresolved(f"{logical_id}.{attribute}")
        kind, name = self._resources[logical_id]["Type"], self._name(logical_id)
        region = self._parameters["AWS::Region"]
        here = f"{region}:{ACCOUNT}"
        known = {
            ("AWS::DynamoDB::Table", "Arn"): f"arn:aws:dynamodb:{here}:table/{name}",
            ("AWS::DynamoDB::Table", "StreamArn"): f"arn:aws:dynamodb:{here}:table/{name}/stream/now",
            ("AWS::S3::Bucket", "Arn"): f"arn:aws:s3:::{name}",
            ("AWS::S3::Bucket", "DomainName"): f"{name}.s3.amazonaws.com",
            ("AWS::S3::Bucket", "RegionalDomainName"): f"{name}.s3.{region}.amazonaws.com",
            ("AWS::SQS::Queue", "Arn"): f"arn:aws:sqs:{here}:{name}",
            ("AWS::SQS::Queue", "QueueName"): name,
            ("AWS::KMS::Key", "Arn"): f"arn:aws:kms:{here}:key/{name}",
            ("AWS::Logs::LogGroup", "Arn"): f"arn:aws:logs:{here}:log-group:{name}:*",
            ("AWS::IAM::Role", "Arn"): f"arn:aws:iam::{ACCOUNT}:role/{name}",
            ("AWS::Serverless::Function", "Arn"): f"arn:aws:lambda:{here}:function:{name}",
        }
        if (kind, attribute) not in known:
            raise Unresolved(f"{attribute} of {kind}")
        return known[kind, attribute]
