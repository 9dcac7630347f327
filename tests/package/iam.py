"""Whether IAM would allow something: as much of its rules as our policies use, and an error for the rest."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

Document = Mapping[str, Any]


class Need(msgspec.Struct, frozen=True):
    """An action on a resource that a call needs, and what IAM knows of the call besides."""

    action: str
    resource: str
    context: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.action} on {self.resource}"


class UnknownCondition(Exception):
    """A policy uses an operator that this does not know: teach it."""


def allowed(need: Need, role: Document, of_resource: Iterable[Document], principal: str) -> bool:
    """Whether a role may do what is needed: its policy allows it, and neither it nor the resource's denies it."""
    context = {
        "aws:PrincipalArn": principal,
        "aws:SecureTransport": "true",
        "s3:TlsVersion": "1.3",
        "s3:signatureAge": "0",
        **dict(need.context),
    }
    granted = any(_applies(statement, need, context) for statement in statements([role], "Allow"))
    denied = any(_applies(statement, need, context) for statement in statements([role, *of_resource], "Deny"))
    return granted and not denied


def statements(documents: Iterable[Document], effect: str) -> Iterator[Mapping[str, Any]]:
    """The statements of policies that allow, or that deny."""
    for document in documents:
        yield from (statement for statement in document["Statement"] if statement["Effect"] == effect)


def listed(value: Any) -> list[Any]:
    """IAM writes one value without a list."""
    return value if isinstance(value, list) else [value]


def matches(pattern: str, text: str) -> bool:
    """Whether a text is what a pattern with `*` and `?` says."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text) is not None


def _applies(statement: Mapping[str, Any], need: Need, context: Mapping[str, str]) -> bool:
    return (
        any(matches(action.lower(), need.action.lower()) for action in listed(statement["Action"]))
        and any(matches(resource, need.resource) for resource in listed(statement["Resource"]))
        and _holds(statement.get("Condition", {}), context)
    )


def _holds(conditions: Mapping[str, Mapping[str, Any]], context: Mapping[str, str]) -> bool:
    return all(
        _compare(operator, context.get(key), [str(value) for value in listed(values)])
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )


def _compare(operator: str, actual: str | None, values: list[str]) -> bool:
    """One comparison. A key that the call lacks fails it, but passes a negated one, as in IAM."""
    if operator in ("StringNotEquals", "ArnNotEquals"):
        return actual not in values
    if operator in ("StringEquals", "ArnEquals", "Bool"):
        return actual in values
    if operator == "NumericGreaterThan":
        return actual is not None and float(actual) > float(values[0])
    if operator == "NumericLessThan":
        return actual is not None and float(actual) < float(values[0])
    raise UnknownCondition(operator)
