"""The parts of the local portal put together: engines, the app, pumps, console and server."""

import contextlib
import functools
import importlib
import json
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import waitress
from chalice.app import (
    Chalice,
    CloudWatchEventConfig,
    DynamoDBEventConfig,
    ScheduledEventConfig,
    ScheduleExpression,
    SQSEventConfig,
)

from chalicelib.core import clock, config, tables
from chalicelib.core.http import problem_response
from local import demo, engines, kept_demo, mail_results, provision
from local.clock import MovableClock
from local.console import Console
from local.functions import call
from local.kept_demo import KeptDemo
from local.moto_server import MAIL_PATH
from local.pumps import Pumps, Source
from local.queue_pump import QueuePump
from local.scanner import Scanner, matches
from local.schedules import Schedules
from local.server import Gate, Gateway, Portal, Site, document_headers
from local.stream_pump import StreamPump

DIST = Path(__file__).parent.parent / "frontend" / "dist"
_THREADS = 16
_SETTLE_SECONDS = 30.0
_MAX_BODY = 64 * 1024 * 1024  # the server answers from 1 MB on; this bounds what it buffers until then


class LocalPortal:
    """One app on its engines."""

    def __init__(self, app: Chalice) -> None:
        self._app = app
        self._settings = config.current()
        self._clock = MovableClock()
        clock.set_source(self._clock.now)
        self._gate = Gate()
        self._schedules = Schedules(_schedules(app), functools.partial(call, app), self._clock.now)
        self._pumps = Pumps([self._schedules, *self._sources()])
        self._kept: KeptDemo | None = None
        self.people: list[dict[str, Any]] = []
        """The demo people, as `/_local/demo` shows them."""

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return self._settings.origin

    def fill(self) -> None:
        """Make tables, buckets, queues and demo data, all new; the portal's clock goes back to the present."""
        self._clock.restart()
        self._pumps.forget()
        provision.create_all(self._app)
        self.people = demo.load()

    def serve(self, listeners: Sequence[socket.socket], ready: Callable[[], None]) -> None:
        """Serve until a signal ends it; `ready` is called when it starts."""
        server = waitress.create_server(
            self._application(),
            sockets=listeners,
            threads=_THREADS,
            max_request_body_size=_MAX_BODY,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )
        with self._pumps.running():
            ready()
            server.run()

    def _sources(self) -> list[Source]:
        s3 = boto3.client("s3", endpoint_url=self._settings.s3_endpoint)
        sqs = boto3.client("sqs", endpoint_url=self._settings.sqs_endpoint)
        sources: list[Source] = [Scanner(s3, self._settings.quarantine_bucket, self._on_bus)]
        for event in self._app.event_sources:
            handler = functools.partial(call, self._app, event.name)
            if isinstance(event, SQSEventConfig):
                name = provision.queue_name(event)
                sources.append(QueuePump(sqs, name, handler, batch_size=event.batch_size))
            elif isinstance(event, DynamoDBEventConfig):
                endpoint = self._settings.dynamodb_endpoint or ""
                sources.append(StreamPump(_stream_table(), handler, endpoint=endpoint, region=self._settings.region))
        return sources

    def _on_bus(self, event: dict[str, Any]) -> None:
        """Put a scan result, or what became of a mail, on the bus: every handler hears it whose pattern takes it."""
        for source in self._app.event_sources:
            if isinstance(source, CloudWatchEventConfig) and matches(source.event_pattern, event):
                call(self._app, source.name, event)

    def _reset(self) -> None:
        """Everything as after a new start, its mails sent. Waits for requests and handlers, and holds up new ones."""
        with self._gate.closed():
            kept, self._kept = self._kept, None
            if kept is not None and kept.fresh:
                self._put_back(kept)
            else:
                with self._pumps.paused():
                    kept_demo.ask_moto("POST", "/moto-api/reset")
                    self.fill()
                self._keep()

    def _put_back(self, kept: KeptDemo) -> None:
        with self._pumps.paused():
            self._clock.restart()
            kept.put_back()
            self._pumps.forget()
        self._kept = kept

    def _keep(self) -> None:
        if not self._pumps.settle(_SETTLE_SECONDS):
            with self._pumps.paused():
                self._kept = KeptDemo()

    def _mails(self) -> list[dict[str, Any]]:
        """The mails that were sent, newest first, with the portal's time of sending."""
        sent: list[dict[str, Any]] = json.loads(kept_demo.ask_moto("GET", MAIL_PATH))
        for mail in sent:
            mail["sent_at"] = self._clock.portal_time(datetime.fromisoformat(mail["sent_at"])).isoformat()
        return sorted(sent, key=lambda mail: str(mail["sent_at"]), reverse=True)

    def _tell_result(self, mail: dict[str, Any], result: mail_results.Result) -> None:
        self._on_bus(mail_results.event(mail, result, self._clock.now()))

    def _application(self) -> Portal:
        console = Console(
            port=urlsplit(self.address).port or 80,
            people=lambda: self.people,
            mails=self._mails,
            mail_result=self._tell_result,
            clock=self._clock,
            schedules=self._schedules,
            pumps=self._pumps,
            reset=self._reset,
        )
        files = self._settings.s3_public_endpoint or self._settings.s3_endpoint or ""
        return Portal(
            origin=self.address,
            gateway=Gateway(self._app, problem_response),
            site=Site(DIST, document_headers(files)),
            console=console,
            gate=self._gate,
            written=lambda: self._pumps.wake("write"),
        )


@contextlib.contextmanager
def running(origin: str) -> Iterator[LocalPortal]:
    """A portal on engines that run until the block ends. Once in a process, as it sets the environment.

    Raises StartError when an engine does not start, ConfigurationError for a wrong setting.
    """
    nowhere = "http://127.0.0.1"
    # A wrong setting of the user's is told before anything is started.
    config.load(os.environ | engines.environment(dynamodb=nowhere, aws=nowhere, origin=origin))
    with engines.dynamodb() as dynamodb, engines.aws() as aws:
        engines.apply(engines.environment(dynamodb=dynamodb, aws=aws, origin=origin))
        # Not before: what the app declares may depend on the settings.
        portal = LocalPortal(importlib.import_module("app").app)
        portal.fill()
        yield portal


def _schedules(app: Chalice) -> dict[str, str]:
    found = {}
    for event in app.event_sources:
        if isinstance(event, ScheduledEventConfig):
            expression = event.schedule_expression
            found[event.name] = expression.to_string() if isinstance(expression, ScheduleExpression) else expression
    return found


def _stream_table() -> str:
    """The table with a stream: the short-lived one, which holds the outbox."""
    streamed = [table for table in tables.TABLES if getattr(table.Meta, "stream_view_type", None)]
    assert len(streamed) == 1, "which table's stream a handler means is clear only while there is one"
    return tables.table_name(streamed[0].table)
