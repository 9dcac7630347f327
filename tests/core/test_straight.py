"""The tests' own way to the engine (tests/straight.py) breaks as urllib3's does: botocore's retries stand on it."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSRequest
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError

from tests.straight import Straight

_WHOLE = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\nX-A: b\r\n\r\n{}"


@contextlib.contextmanager
def _answering(*connections: list[bytes]) -> Iterator[str]:
    """A server that gives each connection its answers, one for each request, and then closes it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for answers in connections:
                connection = listener.accept()[0]
                with connection:
                    for answer in answers:
                        connection.recv(65_536)
                        connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def _request(endpoint: str) -> AWSPreparedRequest:
    return AWSRequest("POST", endpoint, {"X-Amz-Target": "T"}, b"{}").prepare()


def test_connections_are_kept_until_they_are_closed() -> None:
    with _answering([_WHOLE, _WHOLE], [_WHOLE]) as endpoint:
        straight = Straight(endpoint)
        answers = [straight.send(_request(endpoint)) for _ in range(2)]
        # Closed by the engine meanwhile: the next call takes another one.
        straight._idle[0][0].recv(1, socket.MSG_PEEK)
        answers.append(straight.send(_request(endpoint)))
        straight.close()
    assert [(answer.status_code, answer.content, answer.headers["x-a"]) for answer in answers] == [
        (400, b"{}", "b")
    ] * 3


@pytest.mark.parametrize("broken", [b"", b"HTTP/1.1 200", _WHOLE[:40], _WHOLE[:-1]])
def test_an_answer_that_breaks_off_is_an_error(broken: bytes) -> None:
    with _answering([broken]) as endpoint, pytest.raises(ConnectionClosedError):
        Straight(endpoint).send(_request(endpoint))


def test_nobody_there_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(EndpointConnectionError):
        Straight(endpoint).send(_request(endpoint))
