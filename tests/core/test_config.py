"""Settings: a wrong one stops the start with one line that names the variable."""

import msgspec
import pytest

from chalicelib.core import config
from chalicelib.core.config import ConfigurationError, Settings
from tests.settings import ENVIRONMENT

REQUIRED = [f"PORTICO_{field.name.upper()}" for field in msgspec.structs.fields(Settings) if field.required]

WRONG = {
    "PORTICO_ORIGIN": [
        "",
        "portal.example",
        "ftp://portal.example",
        "https://",
        "https://portal.example\n",
        "https://a b",
    ],
    "PORTICO_TABLE_PREFIX": ["", "x", "portico", "Portico-", "portico-\n", "-", "a" * 70 + "-"],
    "PORTICO_CURSOR_KEY": ["", "short", "x" * 31],
    "PORTICO_DYNAMODB_ENDPOINT": ["", "localhost:8000"],
    "PORTICO_S3_PUBLIC_ENDPOINT": ["localhost"],
    "PORTICO_ARGON2_TIME_COST": ["", "0", "-1", "two", "1.5"],
    "PORTICO_ARGON2_MEMORY_KIB": ["7", "19 MiB"],
    "PORTICO_ARGON2_PARALLELISM": ["0"],
}


def test_the_settings_of_these_tests_are_good() -> None:
    settings = config.load(ENVIRONMENT)
    assert settings.origin == "http://localhost:8000"
    assert settings == config.current()


@pytest.mark.parametrize("variable", REQUIRED)
def test_a_missing_setting_is_named(variable: str) -> None:
    without = {name: value for name, value in ENVIRONMENT.items() if name != variable}
    with pytest.raises(ConfigurationError, match=rf"^{variable} is not set$"):
        config.load(without)


@pytest.mark.parametrize(("variable", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_setting_is_named(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"^{variable}: ") as stopped:
        config.load({**ENVIRONMENT, variable: value})
    assert "\n" not in str(stopped.value), "one line"


def test_the_message_does_not_tell_a_secret() -> None:
    with pytest.raises(ConfigurationError) as stopped:
        config.load({**ENVIRONMENT, "PORTICO_CURSOR_KEY": "secret but short"})
    assert "secret" not in str(stopped.value)


def test_other_variables_are_nobodys_business() -> None:
    assert config.load({**ENVIRONMENT, "PORT": "1", "PORTICO_UNKNOWN": "x"}) == config.load(ENVIRONMENT)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        config.current().stage = "prod"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("told", "waits"), [(None, False), ("on-demand", True), ("provisioned-concurrency", False), ("snap-start", False)]
)
def test_a_request_waits_only_for_a_start_on_demand(
    told: str | None, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever starts ahead of requests, or elsewhere than on Lambda, includes all rooms (ADR 10)."""
    monkeypatch.delenv("AWS_LAMBDA_INITIALIZATION_TYPE", raising=False)
    if told is not None:
        monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", told)
    assert config.starts_on_demand() is waits
