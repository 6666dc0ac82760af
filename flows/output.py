"""What commands print: tables that fit the terminal, CSV that no spreadsheet runs, JSON, Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flows.table_widths import column_widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from warehouse.published import Result

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
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
    """A value as CSV takes it; a text that a spreadsheet would take for a formula begins with an apostrophe.

    Lists are JSON, whose items may have commas; truth is in small letters, as in SQL and JSON.
    """
    if isinstance(value, bool | list | tuple | dict):
        return json.dumps(_jsonable(value), ensure_ascii=False)
    if isinstance(value, int | float) or value is None:
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


def _is_copied(result: Result, number: int) -> bool:
    """Whether a column holds what people copy: ids, addresses, commands; none of them may be cut into lines."""
    name = result.columns[number].casefold()
    if name in _COPIED or name.endswith(("_id", "_url")):
        return True
    return any(str(row[number]).startswith("stancewatch ") for row in result.rows)


def _widths(result: Result, room: int) -> list[int] | None:
    """How wide each column is in a table; None where what is copied, and a word of all else, find no room in a row."""
    cells = [[name, *(plain(row[number]) for row in result.rows)] for number, name in enumerate(result.columns)]
    return column_widths(cells, [_is_copied(result, number) for number in range(len(cells))], room)


def _table(result: Result) -> str:
    from rich.console import Console  # noqa: PLC0415 - only tables need rich, which is slow to import

    console = Console()
    with console.capture() as capture:
        if widths := _widths(result, console.width):
            console.print(_grid(result, widths))
        elif result.rows:
            console.print(_records(result, console), soft_wrap=True)
    return f"{capture.get()}{len(result.rows)} row{'' if len(result.rows) == 1 else 's'}\n"


def _records(result: Result, console: Console) -> Text:
    """Rows too wide for a table, one value a line; on a terminal long ones go on beneath their beginning."""
    from rich.text import Text  # noqa: PLC0415 - only tables need rich, which is slow to import

    margin = max(map(len, result.columns)) + 2
    room = console.width - margin if console.is_terminal else 0
    lines = []
    for row_number, row in enumerate(result.rows, start=1):
        lines.append(Text(f"── {row_number} ".ljust(max(console.width, 44), "─")))
        for number, cell in enumerate(_cells(result, row)):
            is_wrapped = room > _LEAST and not _is_copied(result, number)
            pieces = cell.wrap(console, room) if is_wrapped else cell.split("\n", allow_blank=True)
            for piece in pieces:
                piece.rstrip()
            head = (f"{result.columns[number]:>{margin - 2}}  ", "dim")
            lines.append(Text.assemble(head, Text("\n" + " " * margin).join(pieces)))
    return Text("\n").join(lines)


def _grid(result: Result, widths: Sequence[int]) -> Table:
    from rich import box  # noqa: PLC0415 - only tables need rich, which is slow to import
    from rich.table import Table  # noqa: PLC0415 - only tables need rich, which is slow to import
    from rich.text import Text  # noqa: PLC0415 - only tables need rich, which is slow to import

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for number, name in enumerate(result.columns):
        is_number = all(isinstance(row[number], int | float | None) for row in result.rows) and bool(result.rows)
        table.add_column(
            Text(name),
            justify="right" if is_number else "left",
            width=widths[number],
            overflow="fold",
            no_wrap=_is_copied(result, number),
        )
    for row in result.rows:
        table.add_row(*_cells(result, row))
    return table


def _cells(result: Result, row: Sequence[Any]) -> list[Text]:
    """The values of a row; where they tell what matched (`search` does), it is bold in the excerpt."""
    from rich.text import Text  # noqa: PLC0415 - only tables need rich, which is slow to import

    cells = [Text(_printable(plain(value))) for value in row]
    if {"excerpt", "matches"} <= {*result.columns}:
        matches = row[result.columns.index("matches")]
        if isinstance(matches, list) and matches:
            words = "|".join(re.escape(str(word)) for word in sorted(matches, key=len, reverse=True))
            cells[result.columns.index("excerpt")].highlight_regex(rf"(?<!\w)(?:{words})(?!\w)", "bold")
    return cells


def _printable(text: str) -> str:
    """Text without control characters: a headline must not move the cursor."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)
