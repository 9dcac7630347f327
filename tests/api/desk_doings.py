"""What agents do with conversations and plan administrators with departments, and the record it leaves (S-AUD-02)."""

from tests import asked_by_directory, asked_of_waves
from tests.api.account_doings import KEY, Do, Doing
from tests.belongings import held
from tests.portal import Browser
from tests.world import World


def _conversation(world: World) -> str:
    thread = world.write(world.gina, world.ada)["thread_id"]
    return f"/mailboxes/{world.credentialing.id}/conversations/{thread}"


def _claim(world: World, ada: Browser) -> Do:
    path = f"{_conversation(world)}/moves"
    return lambda: ada.send("POST", path, {"move": "claim"}, {"If-Match": '"0"'})


def _note(world: World, ada: Browser) -> Do:
    path = f"{_conversation(world)}/notes"
    return lambda: ada.post(path, {"text": "Text"}, KEY)


def _add(world: World, paula: Browser) -> Do:
    return lambda: paula.post("/departments", {"name": "Network Team", "category": "Network"}, KEY)


def _retire(world: World, paula: Browser) -> Do:
    path = f"/departments/{world.credentialing.id}"
    return lambda: paula.send("PATCH", path, {"active": False}, {"If-Match": '"0"'})


def _hold(world: World, paula: Browser) -> Do:
    body = {"subject": {"kind": "user", "id": world.gina.user.id}, "reason": "Because"}
    return lambda: paula.post("/legal-holds", body, KEY)


def _confirm(world: World, paula: Browser) -> Do:
    path = f"/legal-holds/{held(world, world.gina)}/moves"
    return lambda: paula.send("POST", path, {"move": "confirm"}, {"If-Match": '"0"'})


def _take_out(world: World, audra: Browser) -> Do:
    path = f"/records/threads/{world.write(world.gina, world.ada)['thread_id']}/export"
    return lambda: audra.post(path, {"reason": "Because"}, KEY)


def _contacts(world: World, paula: Browser) -> Do:
    body = {"contacts": [{"topic": "network", "email": "network@plan.example"}]}
    return lambda: paula.send("PUT", "/plan/contacts", body, {"If-Match": '"1"'})


def _phase(world: World, paula: Browser) -> Do:
    body = {"on_date": "2026-04-01"}
    return lambda: paula.send("PUT", f"/phases/{world.maple.id}/claims", body, {"If-Match": '"0"'})


def _no_phase(world: World, paula: Browser) -> Do:
    return lambda: paula.send("DELETE", "/phases/plan/claims", None, {"If-Match": '"1"'})


def _answered(world: World, lou: Browser) -> Do:
    asked = asked_by_directory.waiting(world, world.gina)
    return lambda: lou.post(f"/directory-requests/{asked.id}/settle", {})


def _wave(world: World, eve: Browser) -> Do:
    return lambda: eve.post("/waves", asked_of_waves.NEW, KEY)


def _change_wave(world: World, eve: Browser) -> Do:
    path = f"/waves/{asked_of_waves.planned_wave(world).id}"
    return lambda: eve.send("PATCH", path, {"name": "Another wave"}, {"If-Match": '"1"'})


def _fill_wave(world: World, eve: Browser) -> Do:
    path = f"/waves/{asked_of_waves.planned_wave(world).id}/organizations"
    return lambda: eve.post(path, {"organization_ids": [world.maple.id]})


DOINGS: dict[str, Doing] = {
    "POST /waves": Doing("wave.created", _wave, "eve"),
    "PATCH /waves/{wave_id}": Doing("wave.changed", _change_wave, "eve"),
    "POST /waves/{wave_id}/organizations": Doing("wave.filled", _fill_wave, "eve"),
    "PUT /plan/contacts": Doing("plan.contacts_changed", _contacts, "paula"),
    "PUT /phases/{scope_id}/{feature}": Doing("phase.kept", _phase, "paula", of_practice=True),
    "DELETE /phases/{scope_id}/{feature}": Doing("phase.taken_away", _no_phase, "paula"),
    "POST /directory-requests/{directory_request_id}/settle": Doing("directory.settled", _answered, "lou"),
    "POST /legal-holds": Doing("legal_hold.asked", _hold, "paula"),
    "POST /legal-holds/{hold_id}/moves": Doing("legal_hold.confirmed", _confirm, "paula"),
    "POST /records/threads/{thread_id}/export": Doing("export.started", _take_out, "audra"),
    "POST /mailboxes/{mailbox_id}/conversations/{thread_id}/moves": Doing("conversation.claimed", _claim, "ada"),
    "POST /mailboxes/{mailbox_id}/conversations/{thread_id}/notes": Doing("conversation.noted", _note, "ada"),
    "POST /departments": Doing("department.created", _add, "paula"),
    "PATCH /departments/{department_id}": Doing("department.retired", _retire, "paula"),
}
# Who is writing an answer is known for 45 seconds; nothing follows from it.
PASSING = {
    "PUT /mailboxes/{mailbox_id}/conversations/{thread_id}/answering",
    "DELETE /mailboxes/{mailbox_id}/conversations/{thread_id}/answering",
}
