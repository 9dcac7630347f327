"""From bytes and query strings to typed values, reporting every wrong field at once (house rule 5).

msgspec stops at the first error of a struct, so structs are converted field by field.
"""

import json
import re
from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

import msgspec

from chalicelib.core.errors import BadRequest, FieldError, Invalid, TooLarge
from chalicelib.core.fields import allowed_characters

B = TypeVar("B", bound=msgspec.Struct)

MOST_BYTES = 256 * 1024
DEEPEST = 20

_LENGTH = re.compile(r"length (>=|<=) (\d+)")
_RANGE = re.compile(r"(>=|<=) (-?\d+)")
_PLACE = re.compile(r" - at `\$([^`]*)`\Z")


def parse_json(raw: bytes) -> Any:
    """Strict JSON (RFC 8259, S-IO-04): size and depth bounded, no duplicate names, no NaN or infinities, UTF-8 only.

    Raises TooLarge or BadRequest `malformed_json`.
    """
    if len(raw) > MOST_BYTES:
        raise TooLarge
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse, parse_float=_number)
    except (ValueError, RecursionError):
        raise BadRequest("malformed_json") from None
    _check_depth(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("duplicate name")
    return names


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _number(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(text)
    return value


def _check_depth(value: Any) -> None:
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(item)
        if not inner:
            return
        level = inner
    raise BadRequest("malformed_json")


def convert(value: Any, body: type[B]) -> B:
    """A parsed JSON value as a struct. Raises Invalid naming every wrong field."""
    errors: list[FieldError] = []
    made = _struct(value, body, "", errors, strict=True)
    if errors:
        raise Invalid(fields=tuple(errors))
    return cast(B, made)


def convert_query(query: Mapping[str, Sequence[str]], body: type[B]) -> B:
    """A query string as a struct; each parameter at most once. Raises Invalid naming every wrong one."""
    errors = [FieldError(f"/{_escape(name)}", "repeated") for name, values in query.items() if len(values) != 1]
    single = {name: values[0] for name, values in query.items() if len(values) == 1}
    made = _struct(single, body, "", errors, strict=False)
    if errors:
        raise Invalid(fields=tuple(errors))
    return cast(B, made)


def _struct(value: Any, body: type[Any], pointer: str, errors: list[FieldError], *, strict: bool) -> Any:
    if not isinstance(value, dict):
        errors.append(FieldError(pointer, "wrong_type"))
        return None
    known = {field.encode_name: field for field in msgspec.structs.fields(body)}
    errors.extend(FieldError(f"{pointer}/{_escape(name)}", "unknown") for name in value.keys() - known.keys())
    made: dict[str, Any] = {}
    before = len(errors)
    for name, field in known.items():
        if name in value:
            made[field.name] = _value(value[name], field.type, f"{pointer}/{name}", errors, strict=strict)
        elif field.required:
            errors.append(FieldError(f"{pointer}/{name}", "required"))
    return None if len(errors) > before else body(**made)


def _value(value: Any, wanted: Any, pointer: str, errors: list[FieldError], *, strict: bool) -> Any:
    bare = get_args(wanted)[0] if get_origin(wanted) is Annotated else wanted
    parts = get_args(bare)
    if _is_struct(bare):
        return _struct(value, bare, pointer, errors, strict=strict)
    if value is not None and len(parts) == 2 and _is_struct(parts[0]) and parts[1] is type(None):
        return _struct(value, parts[0], pointer, errors, strict=strict)
    of_structs = get_origin(bare) is list and _is_struct(parts[0])
    if not of_structs and not _sound(value):
        errors.append(FieldError(pointer, "characters_not_allowed"))
        return None
    try:
        made = msgspec.convert(value, _like(wanted, list[Any]) if of_structs else wanted, strict=strict)
    except msgspec.ValidationError as error:
        errors.append(_field_error(pointer, str(error)))
        return None
    if of_structs:
        return [_struct(item, parts[0], f"{pointer}/{at}", errors, strict=strict) for at, item in enumerate(made)]
    if not _readable(made, _characters(wanted)):
        errors.append(FieldError(pointer, "characters_not_allowed"))
    return made


def _is_struct(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, msgspec.Struct)


def _like(wanted: Any, bare: Any) -> Any:
    """`bare` with the limits of `wanted`."""
    return Annotated[bare, *wanted.__metadata__] if get_origin(wanted) is Annotated else bare


def _sound(value: Any) -> bool:
    """Whether a value holds no half of a surrogate pair, which no UTF-8 can hold, whatever a field allows."""
    if isinstance(value, str):
        return not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, dict):
        return all(_sound(name) and _sound(item) for name, item in value.items())
    return not isinstance(value, list) or all(map(_sound, value))


def _characters(wanted: Any) -> str | None:
    """Which characters the type of a field allows, where it says so; looks into `X | None` and `list[X]`."""
    if get_origin(wanted) is Annotated:
        for note in wanted.__metadata__:
            if isinstance(note, msgspec.Meta) and note.extra:
                return str(note.extra["characters"])
        return _characters(get_args(wanted)[0])
    if get_origin(wanted) in (Union, UnionType, list, tuple):
        return next((found for part in get_args(wanted) if (found := _characters(part))), None)
    return None


def _readable(value: Any, characters: str | None) -> bool:
    if isinstance(value, str):
        return characters is None or allowed_characters(value, characters)
    if isinstance(value, list | tuple):
        return all(_readable(item, characters) for item in value)
    return True


def _field_error(pointer: str, text: str) -> FieldError:
    """A field error from msgspec's words, which are the only thing that tells the kinds apart."""
    if place := _PLACE.search(text):
        pointer += re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", place[1])
    # First, because these words quote the client's own.
    if text.startswith("Invalid enum value"):
        return FieldError(pointer, "not_one_of_these")
    if found := _LENGTH.search(text):
        below, limit = found[1] == ">=", int(found[2])
        code = ("required" if limit == 1 else "too_short") if below else "too_long"
        return FieldError(pointer, code, limit)
    if found := _RANGE.search(text):
        return FieldError(pointer, "too_small" if found[1] == ">=" else "too_big", int(found[2]))
    if "got `" in text:
        return FieldError(pointer, "wrong_type")
    return FieldError(pointer, "wrong_form")


def _escape(name: str) -> str:
    """A name as a part of a JSON pointer, shortened: it is the client's own text and only helps to find the field."""
    return name[:64].encode("utf-8", "replace").decode().replace("~", "~0").replace("/", "~1")
