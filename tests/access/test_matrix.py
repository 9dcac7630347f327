"""Every cell of the matrix, asked over the API; the page made of it (S-AZ-01, S-AZ-02, S-AZ-13)."""

from collections.abc import Iterator

import msgspec
import pytest

from app import app
from chalicelib.core.access import Actor, members
from chalicelib.core.http import Route
from tests import moto_engine, real_engine
from tests.access import asking, document, matrix
from tests.access.people import People

MATRIX = matrix.read()
_ROUTES = {matrix.name(route): route for route in app.declared}


@pytest.fixture(scope="module")
def people(dynamodb_engine: str, worker_id: str) -> Iterator[People]:
    """One world for all cells."""
    with real_engine.empty(dynamodb_engine, f"portico-matrix-{worker_id}-"):
        with moto_engine.beside_tables():
            made = People()
        yield made


@pytest.fixture(scope="module")
def actors(people: People) -> dict[str, Actor | None]:
    return {role: person.actor for role, person in people.by_role.items()}


@pytest.mark.parametrize("route", app.declared, ids=matrix.name)
def test_every_cell_is_answered_as_the_matrix_says(people: People, route: Route) -> None:
    """Each role, for a thing of its own, of a colleague, of another organization, of nobody."""
    line = MATRIX.line(matrix.name(route))
    assert line is not None, f"{matrix.name(route)} has no line in {matrix.FILE.name}"
    assert asking.faults(route, line, MATRIX, people) == []


def test_routes_and_lines_are_the_same_and_tell_the_same(actors: dict[str, Actor | None]) -> None:
    """S-AZ-01: no route without a line, no line without a route, and the door lets in whom the file names."""
    assert actors.keys() == MATRIX.roles.keys()
    assert matrix.differences(app.declared, MATRIX, actors) == []


def test_the_file_tells_whose_thing_exactly_where_a_route_names_one() -> None:
    """Or a column would be asked of nothing, or a thing never of another organization."""
    for line in MATRIX.lines:
        asked = matrix.LEVELS if "{access_level}" in line.route else matrix.THINGS
        names = bool(asking.named(_ROUTES[line.route])) or asked is matrix.LEVELS
        assert line.columns == (asked if names else ()), line.route


def test_the_page_is_made_of_the_file() -> None:
    """`python -m tests.access.document --write` makes it anew."""
    assert document.PAGE.read_text() == document.page()
    assert all(f"`{name}`" in document.page() for name in _ROUTES)


def test_a_route_that_differs_from_the_file_would_be_seen(actors: dict[str, Actor | None]) -> None:
    """Planted: one open to more people, one to fewer, one that is new, a line that is left over."""
    route = _ROUTES["GET /members"]
    others = [declared for declared in app.declared if declared is not route]

    def found(*declared: Route) -> list[str]:
        return matrix.differences([*others, *declared], MATRIX, actors)

    opened = msgspec.structs.replace(route, who=members())
    assert found(opened) == ["GET /members tells general_user yes, the matrix 403"]
    shut = msgspec.structs.replace(route, who=_ROUTES["GET /staff"].who)
    assert len(found(shut)) == 3
    public = msgspec.structs.replace(route, who=_ROUTES["GET /plan"].who)
    assert "GET /members tells anonymous yes, the matrix 401" in found(public)
    assert found(route, msgspec.structs.replace(route, path="/new")) == ["GET /new has no line"]
    assert found() == ["GET /members has no route"]


@pytest.mark.parametrize(
    ("route", "role", "cell"),
    [
        ("GET /uploads/{upload_id}", "general_user", ("yes", "yes", "404", "404")),
        ("GET /uploads/{upload_id}", "general_user", ("404", "404", "404", "404")),
        ("GET /members/{membership_id}", "local_administrator", ("yes", "yes", "yes", "404")),
        ("GET /features/{access_level}", "general_user", ("yes", "yes")),
        ("GET /roster", "helpdesk", ("yes",)),
        ("GET /roster", "anonymous", ("403",)),
        ("PATCH /members/{membership_id}", "backup_administrator", ("yes", "yes", "404", "404")),
    ],
)
def test_a_cell_that_is_wrong_would_be_seen(people: People, route: str, role: str, cell: tuple[str, ...]) -> None:
    """The driver, on cells that tell something else than the code does."""
    line = MATRIX.line(route)
    assert line is not None
    wrong = asking.faults(_ROUTES[route], line.with_cell(role, *cell), MATRIX, people, role)
    assert wrong and all(fault.startswith(role) for fault in wrong)


def test_words_that_make_no_sense_are_refused() -> None:
    """A cell of an unknown word, or with too few of them."""
    line = MATRIX.line("GET /uploads/{upload_id}")
    assert line is not None
    for cell in (("perhaps",), ("yes", "404")):
        assert matrix.impossible(MATRIX, line.with_cell("auditor", *cell)) == [
            f"GET /uploads/{{upload_id}}: auditor: {'/'.join(cell)}"
        ]


def test_every_role_has_a_cell_for_everything() -> None:
    """Coverage: the cells asked are roles x routes x columns."""
    cells = [
        (line.route, role, column)
        for line in MATRIX.lines
        for role in MATRIX.roles
        for column in (line.columns or ("",))
    ]
    assert len(cells) == len(set(cells)) > 1_500
    assert {(route, role) for route, role, _ in cells} == {(r, role) for r in _ROUTES for role in MATRIX.roles}
