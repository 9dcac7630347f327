"""The straight way to the DynamoDB engine: HTTP over sockets that are kept, in place of urllib3.

Under botocore's client, with all of its retries and events, a call costs half of what it does by urllib3; the tests of
the API make hundreds of thousands of them. The whole portal (tests/browser, tests/contract, tests/local) and the
conformance tests go the portal's own way.
"""

import contextlib
import select
import socket
from collections.abc import Mapping
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError, ReadTimeoutError

_SECONDS = 60


class Straight:
    """What botocore sends prepared requests by. For any number of threads: each call has a connection of its own."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        address = urlsplit(endpoint)
        self._address = (address.hostname or "", address.port or 80)
        self._idle: list[tuple[socket.socket, BinaryIO]] = []

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        """As `botocore.httpsession.URLLib3Session`, with the same errors."""
        connection, reader = self._connected()
        try:
            connection.sendall(_bytes(request))
            answer, kept = _answer(request, reader)
        except TimeoutError as error:
            connection.close()
            raise ReadTimeoutError(endpoint_url=request.url, error=error) from error
        except (OSError, ValueError, LookupError) as error:
            connection.close()
            raise ConnectionClosedError(endpoint_url=request.url, error=error) from error
        except BaseException:
            connection.close()
            raise
        self._idle.append((connection, reader)) if kept else connection.close()
        return answer

    def close(self) -> None:
        """Close what is kept."""
        while self._idle:
            for each in self._idle.pop():
                each.close()

    def __del__(self) -> None:
        # botocore's clients are dropped, not closed.
        self.close()

    def _connected(self) -> tuple[socket.socket, BinaryIO]:
        with contextlib.suppress(IndexError):
            while True:
                connection, reader = self._idle.pop()
                # Nothing may come before a question: what does is the end.
                if not select.select([connection], [], [], 0)[0]:
                    return connection, reader
                connection.close()
        try:
            made = socket.create_connection(self._address, timeout=_SECONDS)
        except OSError as error:
            raise EndpointConnectionError(endpoint_url=self.endpoint, error=error) from error
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made, made.makefile("rb")


def _bytes(request: AWSPreparedRequest) -> bytes:
    body = request.body or b""
    whole = body.encode() if isinstance(body, str) else body
    headers: Mapping[str, Any] = request.headers
    lines = [f"{request.method} / HTTP/1.1", f"Host: {urlsplit(request.url).netloc}"]
    for name, value in headers.items():
        if name != "Content-Length":
            lines.append(f"{name}: {value.decode() if isinstance(value, bytes) else value}")
    lines += [f"Content-Length: {len(whole)}", "", ""]
    return "\r\n".join(lines).encode() + whole


def _answer(request: AWSPreparedRequest, reader: BinaryIO) -> tuple[AWSResponse, bool]:
    """What came, and whether the connection is good for another call. Raises ValueError when it breaks off."""
    status = int(_line(reader).split(" ", 2)[1])
    headers: dict[str, str] = {}
    while line := _line(reader):
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    length = int(headers["content-length"])
    body = reader.read(length)
    if len(body) < length:
        raise ValueError("broken off")
    answer = AWSResponse(request.url, status, headers, None)
    answer._content = body
    return answer, headers.get("connection", "").lower() != "close"


def _line(reader: BinaryIO) -> str:
    line = reader.readline()
    if not line:
        raise ValueError("broken off")
    return line.decode().rstrip("\r\n")
