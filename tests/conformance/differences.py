"""Where an engine is known to differ from DynamoDB, S3 or SQS: the one place for it.

A test named here must fail on that engine: should it pass one day, it turns red until its line goes.
"""

import msgspec

from tests.conformance.stand import Name

_MOTO_DYNAMODB = "https://docs.getmoto.org/en/latest/docs/services/dynamodb.html"
_MOTO_S3 = "https://docs.getmoto.org/en/latest/docs/services/s3.html"


class Difference(msgspec.Struct, frozen=True):
    """One test that one engine fails, and why. `runs` is False where it fails only at times, or ends the engine."""

    engine: Name
    test: str
    reason: str
    link: str
    runs: bool = True


_THREADS = "not exact when called from several threads: lost updates, two winners, errors of its own"
_TOKENS = "takes no notice of ClientRequestToken"
_POSTS = "takes a form whatever its policy says"
_SIGNATURES = "checks no signatures"
_COPIES = "copies whatever CopySourceIfMatch says"

KNOWN: tuple[Difference, ...] = (
    Difference("moto", "test_the_same_token_applies_once", _TOKENS, _MOTO_DYNAMODB),
    Difference("moto", "test_a_token_is_for_one_request", _TOKENS, _MOTO_DYNAMODB),
    Difference("moto", "test_parallel_transactions_are_done_or_meet_a_conflict", _THREADS, _MOTO_DYNAMODB, runs=False),
    Difference("moto", "test_of_parallel_transactions_for_one_place_one_wins", _THREADS, _MOTO_DYNAMODB, runs=False),
    Difference("moto", "test_parallel_additions_add_up", _THREADS, _MOTO_DYNAMODB, runs=False),
    Difference("moto", "test_a_file_of_another_size_is_refused", _POSTS, _MOTO_S3),
    Difference("moto", "test_another_content_of_the_same_size_is_refused", _POSTS, _MOTO_S3),
    Difference("moto", "test_another_checksum_is_refused", _POSTS, _MOTO_S3),
    Difference("moto", "test_a_form_without_its_checksum_is_refused", _POSTS, _MOTO_S3),
    Difference("moto", "test_another_type_is_refused", _POSTS, _MOTO_S3),
    Difference("moto", "test_another_key_is_refused", _POSTS, _MOTO_S3),
    Difference("moto", "test_a_form_with_another_signature_is_refused", _SIGNATURES, _MOTO_S3),
    Difference("moto", "test_a_link_is_for_one_file", _SIGNATURES, _MOTO_S3),
    Difference("moto", "test_only_the_version_that_was_looked_at_is_released", _COPIES, _MOTO_S3),
)


def of(engine: str, test: str) -> Difference | None:
    """What is known of a test (the name of its function) on an engine."""
    return next((known for known in KNOWN if (known.engine, known.test) == (engine, test)), None)
