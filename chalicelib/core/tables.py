"""The four tables and the one DynamoDB connection all models share (docs/data-model.md).

A feature's `store.py` derives its rows from the table they live in and gives each a discriminator; every item has the
keys `pk` and `sk`. PynamoDB would make a client per table (590 ms on first use); here they share one.
"""

import functools
from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from pynamodb.attributes import DiscriminatorAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.connection.table import TableConnection
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

from chalicelib.core import aws, config


def table_name(table: str) -> str:
    """The deployed name of one of the four tables."""
    return config.current().table_prefix + table


@functools.cache
def connection() -> Connection:
    """The connection of this process, for all tables and transactions."""
    settings = config.current()
    made = Connection(
        region=settings.region,
        host=settings.dynamodb_endpoint,
        connect_timeout_seconds=3,
        read_timeout_seconds=10,
        max_retry_attempts=3,
        max_pool_connections=32,
    )
    made.session.set_default_client_config(aws.NAMED)
    # Two threads that make the client at once would each make one; made here, under the cache, there is one.
    assert made.client is not None
    return made


def forget_connections() -> None:
    """Drop the connection, so that the next use opens one to the endpoint then set (another engine)."""
    connection.cache_clear()
    waiting: list[type[Row]] = [Row]
    while waiting:
        model = waiting.pop()
        model._connection = None
        waiting += model.__subclasses__()


class Row(Model):
    """What the items of all tables have in common: the keys `pk` and `sk`, and the kind of item in `cls`."""

    table: ClassVar[str]
    """Short name of the table the row lives in."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    cls: Any
    """The discriminator. Each table has one of its own, or PynamoDB takes the indexes of one for those of all."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        meta: Any = cls.Meta
        # Set on use: models are imported before there need be settings.
        meta.table_name = table_name(cls.table)
        made = super()._get_connection()
        shared = connection()
        if made.connection is not shared:
            shared._tables.setdefault(made.table_name, made.get_meta_table())
            made.connection = shared
        return made


class _ByName(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_name"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    sort_name = UnicodeAttribute(range_key=True)


class _ByEmail(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_email"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    sort_email = UnicodeAttribute(range_key=True)


class _ByStatus(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_status"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    sort_status = UnicodeAttribute(range_key=True)


class _ByRole(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_role"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    sort_role = UnicodeAttribute(range_key=True)


class _ByReview(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_review"
        # PynamoDB asks each query for the kind of its rows.
        projection = IncludeProjection(["cls"])

    pk = UnicodeAttribute(hash_key=True)
    sort_review = UnicodeAttribute(range_key=True)


class DirectoryRow(Row):
    """The plan, organizations, people and what they may: small, read on every request."""

    table = "directory"
    cls = DiscriminatorAttribute()

    class Meta:
        pass


class ListedRow(DirectoryRow):
    """A row of the directory that lists show in several orders: it carries sort keys, and the indexes hold no others.

    The indexes lag behind by moments, so nothing is decided by them (T5). Apart from DirectoryRow, because PynamoDB
    copies them for each class, which every cold start pays.
    """

    class Meta:
        pass

    sort_name = UnicodeAttribute(null=True)
    sort_email = UnicodeAttribute(null=True)
    sort_status = UnicodeAttribute(null=True)
    sort_role = UnicodeAttribute(null=True)
    sort_review = UnicodeAttribute(null=True)
    by_name = _ByName()
    by_email = _ByEmail()
    by_status = _ByStatus()
    by_role = _ByRole()
    by_review = _ByReview()


_Kind = TypeVar("_Kind", bound=DirectoryRow)


class DirectoryRows:
    """Rows of the directory whose keys are known, of whatever kinds: read strongly in one call for each hundred."""

    def __init__(self, keys: Iterable[tuple[str, str]]) -> None:
        found = DirectoryRow.batch_get(keys, consistent_read=True)
        self._rows = {(row.pk, row.sk): row for row in found}

    def get(self, kind: type[_Kind], key: tuple[str, str]) -> _Kind | None:
        """The row with a key, if there is one."""
        row = self._rows.get(key)
        return row if isinstance(row, kind) else None


class MailRow(Row):
    """Threads, messages, boxes, uploads."""

    table = "mail"
    cls = DiscriminatorAttribute()

    class Meta:
        pass


class _ByParty(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_party"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    sort_party = UnicodeAttribute(range_key=True)


class _BySubject(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_subject"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    sort_subject = UnicodeAttribute(range_key=True)


class _ByImportance(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_importance"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    sort_importance = UnicodeAttribute(range_key=True)


class _ByAttachment(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_attachment"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    sort_attachment = UnicodeAttribute(range_key=True)


class _ByState(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_state"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    sort_state = UnicodeAttribute(range_key=True)


class FiledRow(MailRow):
    """A row of the mail table that lists show in several orders, as ListedRow is for the directory."""

    class Meta:
        pass

    sort_party = UnicodeAttribute(null=True)
    sort_subject = UnicodeAttribute(null=True)
    sort_importance = UnicodeAttribute(null=True)
    sort_attachment = UnicodeAttribute(null=True)
    sort_state = UnicodeAttribute(null=True)
    by_party = _ByParty()
    by_subject = _BySubject()
    by_importance = _ByImportance()
    by_attachment = _ByAttachment()
    by_state = _ByState()


class _ByAge(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_age"
        projection = IncludeProjection(["cls"])

    age = UnicodeAttribute(hash_key=True)
    aged_at = UnicodeAttribute(range_key=True)


class AgingRow(MailRow):
    """A row of the mail table that is kept for some years and then deleted (MSG-10): in order of age along an index."""

    class Meta:
        pass

    age = UnicodeAttribute(null=True)
    aged_at = UnicodeAttribute(null=True)
    by_age = _ByAge()


class MailTable(FiledRow, AgingRow):
    """All indexes of the mail table, for whoever makes it."""

    class Meta:
        pass


class JournalRow(Row):
    """Audit records: only ever added (S-AUD-06)."""

    table = "journal"
    cls = DiscriminatorAttribute()

    class Meta:
        pass


class ShortLivedRow(Row):
    """Sessions, operations, the outbox and other items with an end; the stream carries the outbox.

    TTL only collects garbage: whoever reads compares `expires_at` with now (house rule 4).
    """

    table = "shortlived"
    cls = DiscriminatorAttribute()

    class Meta:
        stream_view_type = "NEW_IMAGE"

    expires_at = TTLAttribute(null=True)


class _ByOpen(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]  # of PynamoDB
    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_day = UnicodeAttribute(hash_key=True)
    open_at = UnicodeAttribute(range_key=True)


class FollowedRow(ShortLivedRow):
    """A short-lived row that is looked at again at `open_at` unless it is closed before: along an index until then."""

    class Meta:
        stream_view_type = "NEW_IMAGE"

    open_day = UnicodeAttribute(null=True)
    open_at = UnicodeAttribute(null=True)
    by_open = _ByOpen()


TABLES: tuple[type[Row], ...] = (ListedRow, MailTable, JournalRow, FollowedRow)
