"""Finding things in a template."""

from typing import Any

Resources = dict[str, Any]


def of_type(resources: Resources, kind: str) -> dict[str, Any]:
    """Properties of all resources of a type, by logical id; there is at least one."""
    found = {id_: resource["Properties"] for id_, resource in resources.items() if resource["Type"] == kind}
    assert found, kind
    return found


def statements(resources: Resources, policy: str) -> list[dict[str, Any]]:
    """The statements of a bucket's policy."""
    made: list[dict[str, Any]] = resources[policy]["Properties"]["PolicyDocument"]["Statement"]
    return made
