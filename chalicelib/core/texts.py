"""Text that people read, one catalogue per language (house rule 9).

Catalogues are `chalicelib/texts/<language>.json`: flat, the same keys in each (a test compares them). A text may hold
`{name}` places, filled with numbers, dates and settings of the plan, never with text a user typed (NOT-2).
"""

import functools
import json
from pathlib import Path
from typing import Literal, get_args

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_FOLDER = Path(__file__).parent.parent / "texts"


@functools.cache
def catalogue(language: Language) -> dict[str, str]:
    """All texts of a language by key."""
    texts: dict[str, str] = json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))
    return texts


def text(language: Language, key: str, **places: object) -> str:
    """One text. Raises KeyError for a key that no catalogue has."""
    found = catalogue(language)[key]
    return found.format(**places) if places else found


def preferred(accept_language: str) -> Language:
    """The first of our languages that an `Accept-Language` header names; English when it names none."""
    for part in accept_language.split(","):
        code = part.split(";")[0].strip().lower().split("-")[0]
        for language in LANGUAGES:
            if code == language:
                return language
    return "en"
