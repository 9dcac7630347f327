"""The policies of the deployed functions, and whether they would let them do something."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from infra import functions
from tests.package import iam
from tests.package.iam import Document, Need
from tests.package.resolving import Resolver
from tests.package.sections import of_type


class Grant(msgspec.Struct, frozen=True):
    """One action on one resource that a function's policy allows."""

    function: str
    action: str
    resource: str


class Policies:
    """What the roles of functions, and the policies of buckets, say once deployed. `by_function` may be changed."""

    def __init__(self, template: Mapping[str, Any], resolver: Resolver) -> None:
        resources = template["Resources"]
        self.by_function: dict[str, Document] = {}
        self._principals: dict[str, str] = {}
        for _, function in functions.functions(dict(template)):
            name, role = functions.handler_name(function), function["Role"]["Fn::GetAtt"][0]
            (policy,) = resources[role]["Properties"]["Policies"]
            self.by_function[name] = resolver.value(policy["PolicyDocument"])
            self._principals[name] = resolver.arn(role)
        self.of_buckets: list[Document] = [
            resolver.value(made["PolicyDocument"])
            for id_, made in of_type(dict(resources), "AWS::S3::BucketPolicy").items()
            if id_ in ("QuarantineBucketPolicy", "CleanBucketPolicy", "ResultsBucketPolicy")
        ]

    def allow(self, function: str, need: Need) -> bool:
        """Whether a function may do something."""
        return iam.allowed(need, self.by_function[function], self.of_buckets, self._principals[function])

    def grants(self) -> Iterator[Grant]:
        """Everything that the functions' own policies allow."""
        for function, document in self.by_function.items():
            for statement in iam.statements([document], "Allow"):
                for action in iam.listed(statement["Action"]):
                    for resource in iam.listed(statement["Resource"]):
                        yield Grant(function, action, resource)

    def without(self, grant: Grant) -> "Policies":
        """The same, less one grant."""
        changed = copy.copy(self)
        changed.by_function = copy.deepcopy(self.by_function)
        statements = changed.by_function[grant.function]["Statement"]
        for statement in list(iam.statements([changed.by_function[grant.function]], "Allow")):
            actions, resources = iam.listed(statement["Action"]), iam.listed(statement["Resource"])
            if grant.action in actions and grant.resource in resources:
                statements.remove(statement)
                others = [action for action in actions if action != grant.action]
                elsewhere = [resource for resource in resources if resource != grant.resource]
                statements.extend(
                    {**statement, "Action": rest, "Resource": where}
                    for rest, where in ((others, resources), ([grant.action], elsewhere))
                    if rest and where
                )
        return changed
