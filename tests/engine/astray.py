"""A counter of unread messages that a fault left wrong: changed without its rows, around the write door."""

from chalicelib.core import tables


def astray(mailbox_id: str, difference: int) -> None:
    """Let a mailbox's counter say so many more than there are."""
    tables.connection().client.update_item(
        TableName=tables.table_name("mail"),
        Key={"pk": {"S": f"BOX#{mailbox_id}"}, "sk": {"S": "COUNTER"}},
        UpdateExpression="ADD unread :difference SET cls = :kind",
        ExpressionAttributeValues={":difference": {"N": str(difference)}, ":kind": {"S": "counter"}},
    )
