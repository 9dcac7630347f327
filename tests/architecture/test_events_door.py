"""The events door: what is emitted is heard, by handlers that know its version; what is armed is worked."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pytest
from chalice.app import SQSEventConfig

from app import app
from chalicelib.subscriptions import outbox
from chalicelib.subscriptions.clocks import INACTIVITY, REVALIDATION
from chalicelib.subscriptions.enrollment import ENROLLMENT
from chalicelib.subscriptions.housekeeping import HOUSEKEEPING
from chalicelib.subscriptions.notification_fanout import NOTICES
from chalicelib.subscriptions.outbox import SUBSCRIPTIONS
from tests.architecture.source import Source, house

Told = set[str]
"""Events as `name/version`."""


def emitted(sources: Iterable[Source]) -> Told:
    """Every event that some change emits. The name must stand there as a literal, so that it can be found."""
    told = set()
    for source in sources:
        for call in source.calls():
            if isinstance(call.func, ast.Attribute) and call.func.attr == "emit":
                given = {keyword.arg: keyword.value for keyword in call.keywords}
                name = _literal(call.args[0] if call.args else given.get("name"))
                version = _literal(call.args[1] if len(call.args) > 1 else given.get("version"), "1")
                assert name and version, source.at(call, "emits what can't be read here")
                told.add(f"{name}/{version}")
    return told


def unfollowed(sources: Iterable[Source]) -> set[str]:
    """Names of the events that some change emits without having them followed."""
    return {
        _literal(call.args[0])
        for source in sources
        for call in source.calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr == "emit" and call.args
        for keyword in call.keywords
        if keyword.arg == "followed" and isinstance(keyword.value, ast.Constant) and not keyword.value.value
    }


def known(sources: Sequence[Source]) -> dict[str, Told]:
    """What the handler of each queue knows, from the literal that it hands to `events.work`."""
    named = {name: value for source in sources for name, value in _constants(source)}
    by_queue: dict[str, Told] = {}
    for source in sources:
        for function in source.functions():
            for queue in _queues(source, function, named):
                by_queue.setdefault(queue, set()).update(_worked(source, function))
    return by_queue


def unheard(events: Told, hears: Mapping[str, tuple[str, ...]], handled: Mapping[str, Told]) -> list[str]:
    """What is emitted and reaches nobody who knows it, and what is subscribed to or handled and never emitted."""
    names = {event.split("/")[0] for event in events}
    found = [f"{name} is in nobody's subscription" for name in names - hears.keys()]
    found += [f"{name} is never emitted" for name in hears.keys() - names]
    for event in events:
        queues = hears.get(event.split("/")[0], ())
        found += [f"{queue} does not know {event}" for queue in queues if event not in handled.get(queue, set())]
    heard_in = {queue for queues in hears.values() for queue in queues}
    found += [f"nothing goes to {queue}" for queue in handled.keys() - heard_in]
    return sorted(found)


def _literal(node: ast.expr | None, otherwise: str = "") -> str:
    if node is None:
        return otherwise
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _constants(source: Source) -> Iterator[tuple[str, str]]:
    """Full name and text of each constant of a module."""
    for node in source.tree.body:
        if isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from ((f"{source.name}.{name}", _literal(node.value)) for name in names)


def _queues(source: Source, function: ast.FunctionDef, named: Mapping[str, str]) -> list[str]:
    return [
        _queue(source, keyword.value, named)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        for keyword in decorator.keywords
        if keyword.arg == "queue"
    ]


def _queue(source: Source, node: ast.expr, named: Mapping[str, str]) -> str:
    """The queue that an expression names: with a literal, or with a constant of this or another module."""
    meaning = source.meaning(node)
    return named.get(meaning) or named.get(f"{source.name}.{meaning}") or _literal(node)


def _worked(source: Source, function: ast.FunctionDef) -> Told:
    return {
        _literal(key)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and source.meaning(call.func) == "chalicelib.core.events.work"
        for handlers in call.args[1:]
        if isinstance(handlers, ast.Dict)
        for key in handlers.keys
    }


def armed(sources: Iterable[Source]) -> set[tuple[str, str]]:
    """Schedule and kind of every timer that some change arms."""
    made = set()
    for source in sources:
        for call in source.calls():
            # The worker makes them too, from its rows.
            if source.meaning(call.func).endswith("Timer") and source.name != "chalicelib.core.timers":
                given = {keyword.arg: _literal(keyword.value) for keyword in call.keywords}
                assert given.get("schedule") and given.get("kind"), source.at(call, "a timer that can't be read here")
                made.add((given["schedule"], given["kind"]))
    return made


def test_every_event_is_heard_by_handlers_that_know_it() -> None:
    assert unheard(emitted(house()), SUBSCRIPTIONS, known(house())) == []


def test_every_event_is_followed_whose_handler_closes_it() -> None:
    """NOT-3: others would be carried again and again. The functions of these queues have nets of their own (ADR 11)."""
    nets = {outbox.INSPECTIONS, outbox.LONG_WORK, outbox.RELEASES}
    assert unfollowed(house()) == {name for name, queues in SUBSCRIPTIONS.items() if nets.intersection(queues)}


def test_every_queue_that_is_heard_has_one_handler() -> None:
    queues = [event.queue for event in app.event_sources if isinstance(event, SQSEventConfig)]
    assert sorted(map(str, queues)) == sorted(known(house()))


def test_every_timer_is_worked() -> None:
    """Each schedule's kinds stand in `subscriptions`."""
    kinds = {
        "enrollment": ENROLLMENT,
        "housekeeping": HOUSEKEEPING,
        "inactivity_lockout": INACTIVITY,
        "notices": NOTICES,
        "revalidation_reminders": REVALIDATION,
    }
    assert armed(house()) == {(schedule, kind) for schedule, by_kind in kinds.items() for kind in by_kind}


_EMITS = Source("chalicelib.messages.actions", "def f(c):\n    c.emit('message.sent', thread_id='t')")
_HANDLES = Source(
    "chalicelib.notifications.handlers",
    "from chalicelib.core import events\nQUEUE = 'notices'\n"
    "@handlers.on_sqs_message(queue=QUEUE)\ndef deliver(event):\n"
    "    return events.work(event, {'message.sent/1': _heard})",
)
_HEARS = {"message.sent": ("notices",)}


def test_planted_events_that_nobody_hears_are_found() -> None:
    handled = known([_HANDLES])
    assert unheard(emitted([_EMITS]), _HEARS, handled) == []
    assert unheard(emitted([_EMITS]), {}, handled) == [
        "message.sent is in nobody's subscription",
        "nothing goes to notices",
    ]
    assert unheard(set(), _HEARS, handled) == ["message.sent is never emitted"]
    assert unheard(emitted([_EMITS]), _HEARS, {}) == ["notices does not know message.sent/1"]
    newer = Source("chalicelib.messages.actions", "def f(c):\n    c.emit('message.sent', 2, thread_id='t')")
    assert unheard(emitted([newer]), _HEARS, handled) == ["notices does not know message.sent/2"]


def test_an_event_whose_name_is_made_up_on_the_way_is_found() -> None:
    hidden = Source("chalicelib.messages.actions", "def f(c, verb):\n    c.emit(f'message.{verb}')")
    with pytest.raises(AssertionError, match="can't be read"):
        emitted([hidden])


def test_a_planted_event_that_is_not_followed_is_found() -> None:
    planted = Source(
        "chalicelib.messages.actions", "def f(c):\n    c.emit('message.sent', followed=False, thread_id='t')"
    )
    assert unfollowed([planted, _EMITS]) == {"message.sent"}


def test_a_planted_timer_is_found() -> None:
    planted = Source(
        "chalicelib.plan.actions",
        "from chalicelib.core.timers import Timer\nTimer(schedule='nightly', kind='lock', subject='s', due=d)",
    )
    assert armed([planted]) == {("nightly", "lock")}
