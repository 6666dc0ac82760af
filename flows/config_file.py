"""YAML file -> frozen records, and one line for whatever is wrong in it: file, line, key, what to write."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from flows.config_words import choices, misfit, nearest, quoted, shown_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

T = TypeVar("T")
Place = tuple[str | int, ...]
Problem = tuple[Place, str]
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ConfigError(ValueError):
    """A configuration file cannot be used; the text is one line that names the place and the mend.

    ``all_lines`` has such a line for each mistake of the file; the text is the first, and says how many more there are.
    """

    def __init__(self, first: str, *others: str) -> None:
        super().__init__(f"{first} (and {len(others)} more)" if others else first)
        self.all_lines = (first, *others)


class _TwiceError(yaml.YAMLError):
    """A key stands twice in one mapping, and one of its values would be lost."""

    def __init__(self, key: object, first: int, second: int) -> None:
        super().__init__()
        self.first, self.second = first, second
        self.text = f"{quoted(key)} stands twice in one mapping (first in line {first}); join them or remove one"


class _Loader(_LOADER):  # type: ignore[valid-type, misc]
    """Loads what is safe, and each key once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping as PyYAML makes it.

        Raises:
            yaml.YAMLError: a key stands twice in it.
        """
        lines: dict[Any, int] = {}
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                line = key.start_mark.line + 1
                if key.value in lines:
                    raise _TwiceError(key.value, lines[key.value], line)
                lines[key.value] = line
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


class UsageError(ConfigError):
    """What was asked for on the command line makes no sense; the text is one line that says what to write instead."""


def read_config(
    path: Path,
    record: type[T],
    defaults: Mapping[str, object] | None = None,
    check: Callable[[T], Iterable[Problem]] | None = None,
) -> T:
    """Parse the YAML file at ``path`` into ``record``, a dataclass of plain types; closed lists admit any case.

    Args:
        path: the file.
        record: a (frozen) dataclass; nested dataclasses, tuples, enums and dates are understood.
        defaults: values for top-level keys that the file leaves out.
        check: what is wrong with values that fit one by one, and where.

    Raises:
        ConfigError: the file is missing, is not YAML, has an unknown key or a wrong value.
    """
    source, data = _load(path, record)
    data = {**(defaults or {}), **data}
    if problems := list(_unknown_keys(data, record, ())):
        raise ConfigError(*_complaints(path, source, problems))
    try:
        value = _validate(data, record)
    except _MisfitError as error:
        raise ConfigError(*_complaints(path, source, error.problems)) from None
    if check is not None and (problems := list(check(value))):
        raise ConfigError(*_complaints(path, source, problems))
    return value


def stands_twice(place: Place, key: str, values: Sequence[str]) -> Iterator[Problem]:
    """Complaints about items of the list at ``place`` whose ``key`` must be each one's own and is not."""
    seen: set[str] = set()
    for number, value in enumerate(values):
        if value in seen:
            yield (*place, number, key), f"{quoted(value)} stands there twice; change or remove one"
        seen.add(value)


class _MisfitError(Exception):
    """Values do not fit; carries what and where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def _load(path: Path, record: type) -> tuple[str, dict[Any, Any]]:
    try:
        source = path.read_text(encoding="utf-8")
        data = yaml.load(source, Loader=_Loader)  # noqa: S506 - CSafeLoader is the safe loader in C
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; set STANCEWATCH_CONFIG to the folder with your *.yml") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except _TwiceError as error:
        raise ConfigError(f"{path}:{error.second}: {error.text}") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}{_yaml_place(error)}: is not YAML; check indentation, colons and quotes") from None
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise ConfigError(f"{path}:1: must be a mapping of keys, such as `{_fields(record)[0]}:`")
    return source, data


def _validate(data: dict[Any, Any], record: type[T], *, is_again: bool = False) -> T:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - commands that read no configuration are quicker

    try:
        return TypeAdapter(record).validate_python(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        mended = [_put_right(data, tuple(e["loc"]), choices(e)) for e in errors]
        if any(mended) and not is_again:
            return _validate(data, record, is_again=True)
        raise _MisfitError([((*_trim(data, tuple(e["loc"])), *_lacking(e)), misfit(e)) for e in errors]) from None


def _put_right(data: Any, place: Place, known: Sequence[str]) -> bool:
    """Replace a value of a closed list that is written in another case, or with spaces; whether it was one."""
    if not known or _trim(data, place) != place:
        return False
    *way, last = place
    for part in way:
        data = data[part]
    meant = str(data[last]).strip().casefold().replace(" ", "_").replace("-", "_")
    if meant not in known:
        return False
    data[last] = meant
    return True


def _trim(data: Any, place: Place) -> Place:
    """The part of a place that is in the file: pydantic adds names of its own."""
    found = []
    for part in place:
        is_there = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
        if not is_there:
            break
        found.append(part)
        data = data[part]
    return tuple(found)


def _lacking(error: Any) -> Place:
    return (error["loc"][-1],) if error["type"] in {"missing", "missing_argument"} else ()


def _complaints(path: Path, source: str, problems: list[Problem]) -> Iterator[str]:
    """A line for each place that has a mistake."""
    first: dict[Place, str] = {}
    for place, text in problems:
        first.setdefault(place, text)
    for place, text in first.items():
        yield f"{path}{_line_of(source, place)}: {_dotted(place)}: {text}"


def _fields(record: type) -> list[str]:
    return [f.name for f in dataclasses.fields(record)]


def _unknown_keys(data: object, kind: Any, place: Place) -> Iterator[tuple[Place, str]]:  # noqa: C901 - one match
    """Walk data and type side by side: pydantic ignores unknown keys of plain dataclasses, users must not."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in {typing.Union, types.UnionType}:
        for option in args:
            if dataclasses.is_dataclass(option):
                yield from _unknown_keys(data, option, place)
    elif isinstance(kind, type) and dataclasses.is_dataclass(kind) and isinstance(data, dict):
        hints = _hints(kind)
        for key, value in data.items():
            if key in hints:
                yield from _unknown_keys(value, hints[key], (*place, key))
            else:
                yield (*place, str(key)), f"unknown key; {nearest(str(key), list(hints))}"
    elif origin in {tuple, list} and isinstance(data, list) and args:
        for number, value in enumerate(data):
            yield from _unknown_keys(value, args[0], (*place, number))
    elif origin is dict and isinstance(data, dict):
        for key, value in data.items():
            yield from _unknown_keys(value, args[1], (*place, key))


@functools.cache
def _hints(record: type) -> dict[str, Any]:
    return typing.get_type_hints(record)


def _dotted(place: Place) -> str:
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{shown_place(part)}" if text else shown_place(part)
    return text or "the file"


def _line_of(source: str, place: Place) -> str:
    """``:LINE`` of the deepest node along ``place``, found only when there is something to complain about."""
    node, line = yaml.compose(source, Loader=_LOADER), 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return f":{line}"


def _yaml_place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f":{mark.line + 1}" if mark else ""
