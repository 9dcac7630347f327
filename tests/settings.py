"""The environment tests run in. argon2 is as cheap as it goes; one test proves the production values."""

import os

ORIGIN = "http://localhost:8000"

ENVIRONMENT = {
    "PORTICO_STAGE": "test",
    "PORTICO_ORIGIN": ORIGIN,
    "PORTICO_TABLE_PREFIX": "portico-test-",
    "PORTICO_QUARANTINE_BUCKET": "portico-test-quarantine",
    "PORTICO_CLEAN_BUCKET": "portico-test-clean",
    "PORTICO_RESULTS_BUCKET": "portico-test-results",
    "PORTICO_SECRETS_KEY": "alias/portico-test-secrets",
    "PORTICO_PEPPER_KEY": "alias/portico-test-pepper",
    "PORTICO_MAIL_FROM": "portal@plan.example",
    # The clock of a test stands still: nothing would have its turn. Tests of the pace set one of their own.
    "PORTICO_MAILS_PER_SECOND": "1000",
    "PORTICO_MAIL_CONFIGURATION_SET": "portico-test",
    "PORTICO_CURSOR_KEY": "a key for tests, at least 32 letters",
    "PORTICO_QUEUE_PREFIX": "portico-test-",
    "PORTICO_ARGON2_TIME_COST": "1",
    "PORTICO_ARGON2_MEMORY_KIB": "8",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}

# A developer's own engine is for the tests that need a real one; nothing else may find it.
OWN_ENGINE = os.environ.pop("PORTICO_DYNAMODB_ENDPOINT", None)
