"""What commands print: tables that fit the terminal, CSV that no spreadsheet runs, JSON, Markdown."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.published import Result

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60
_LEAST = 12
_COPIED = frozenset({"id", "url", "command"})


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"


def render_rows(result: Result, form: Format) -> str:
    """Rows as text in the chosen form, ending in a line break."""
    match form:
        case Format.CSV:
            return _csv(result)
        case Format.JSON:
            rows = [dict(zip(result.columns, map(_jsonable, row), strict=True)) for row in result.rows]
            return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
        case Format.MD:
            return _markdown(result)
        case Format.TABLE:
            return _table(result)


def plain(value: Any) -> str:
    """A value as people read it: times to the minute in UTC, lists with commas, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1 else f"{value:.6g}"
    if isinstance(value, list | tuple):
        return ", ".join(plain(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{plain(key)}: {plain(item)}" for key, item in value.items())
    return str(value)


def _jsonable(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _jsonable(item) for key, item in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _csv(result: Result) -> str:
    """CSV in which a text that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.columns)
    for row in result.rows:
        writer.writerow([defused(value) for value in row])
    return out.getvalue()


def defused(value: Any) -> Any:
    """A value as CSV takes it: a text that a spreadsheet would take for a formula begins with an apostrophe."""
    if isinstance(value, int | float | bool) or value is None:
        return value
    text = value.isoformat() if isinstance(value, datetime | date) else plain(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _markdown(result: Result) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"

    return (
        line(result.columns)
        + line(["---"] * len(result.columns))
        + "".join(line([plain(value) for value in row]) for row in result.rows)
    )


def _records(result: Result) -> str:
    """Rows too wide for a table, one value a line."""
    width = max(map(len, result.columns))
    lines = []
    for number, row in enumerate(result.rows, start=1):
        lines.append(f"── {number} " + "─" * 40)
        for name, value in zip(result.columns, row, strict=True):
            lines.append(f"{name:>{width}}  {_printable(plain(value))}")
    return "\n".join([*lines, ""])


def _is_copied(result: Result, number: int) -> bool:
    """Whether a column holds what people copy: ids, addresses, commands; none of them may be cut into lines."""
    name = result.columns[number].casefold()
    if name in _COPIED or name.endswith(("_id", "_url")):
        return True
    return any(str(row[number]).startswith("stancewatch ") for row in result.rows)


def _fits(result: Result, width: int) -> bool:
    """Whether what is copied stands whole, and every other column gets the room it needs, or enough to read it in."""
    wanted = []
    for number, name in enumerate(result.columns):
        cells = [name, *(line for row in result.rows for line in plain(row[number]).split("\n"))]
        most = max(map(len, cells))
        wanted.append(most if _is_copied(result, number) else min(most, _LEAST))
    return sum(want + 2 for want in wanted) <= width


def _table(result: Result) -> str:
    from rich import box  # noqa: PLC0415 - only tables need rich, which is slow to import
    from rich.console import Console  # noqa: PLC0415 - only tables need rich, which is slow to import
    from rich.table import Table  # noqa: PLC0415 - only tables need rich, which is slow to import
    from rich.text import Text  # noqa: PLC0415 - only tables need rich, which is slow to import

    console = Console()
    count = f"{len(result.rows)} row{'' if len(result.rows) == 1 else 's'}\n"
    if not _fits(result, console.width):
        return _records(result) + count
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for number, name in enumerate(result.columns):
        is_number = all(isinstance(row[number], int | float | None) for row in result.rows) and bool(result.rows)
        is_whole = _is_copied(result, number)
        table.add_column(
            Text(name),
            justify="right" if is_number else "left",
            max_width=None if is_whole else _WIDEST,
            overflow="fold",
            no_wrap=is_whole,
        )
    for row in result.rows:
        table.add_row(*(Text(_printable(plain(value))) for value in row))
    with console.capture() as capture:
        console.print(table)
    return capture.get() + count


def _printable(text: str) -> str:
    """Text without control characters: a headline must not move the cursor."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)
