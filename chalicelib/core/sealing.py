"""Secrets that must be kept: sealed by a key in KMS, or mixed with one before they are hashed (S-AUTH-04, S-OPS-02).

The keys never leave KMS: a copy of the tables without the right to use them gives nothing away. Whatever KMS refuses or
doesn't answer is a ClientError or BotoCoreError, which the door turns into 503: nothing goes on without it.
"""

import base64
from typing import cast

from chalicelib.core import aws, config, ids


def seal(plain: str, about: str) -> str:
    """A text of at most 4,096 bytes, readable again only by `unseal` with the same `about`: whose it is, by ids."""
    sealed = aws.kms().encrypt(
        KeyId=config.current().secrets_key, Plaintext=plain.encode(), EncryptionContext={"about": about}
    )
    return base64.b64encode(sealed["CiphertextBlob"]).decode()


def unseal(sealed: str, about: str) -> str:
    """What was sealed. Raises ClientError for something else, or when it is about somebody else."""
    opened = aws.kms().decrypt(
        KeyId=config.current().secrets_key,
        CiphertextBlob=base64.b64decode(sealed),
        EncryptionContext={"about": about},
    )
    return cast("bytes", opened["Plaintext"]).decode()


def peppered(text: str) -> str:
    """What is hashed in place of a text that could be guessed: without KMS, a hash of it tells nothing."""
    # The digest, since KMS takes 4,096 bytes at most.
    made = aws.kms().generate_mac(
        KeyId=config.current().pepper_key, MacAlgorithm="HMAC_SHA_256", Message=ids.digest(text).encode()
    )
    return base64.b64encode(made["Mac"]).decode()
