"""`stancewatch extract`, `analyse` and `explain`: the engine on a page, a text, or a stored article."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class TextFormat(StrEnum):
    """How records are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


class RecordFormat(StrEnum):
    """How extracted pages are printed."""

    JSON = "json"
    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(extract)
    app.command()(analyse)
    app.command()(explain)


def extract(
    files: Annotated[list[Path], typer.Argument(help="HTML files; .gz too.")],
    *,
    url: Annotated[str, typer.Option(help="Address the page came from; helps with links and dates.")] = "",
    form: Annotated[RecordFormat, typer.Option("--format", help="One array, or a line each.")] = RecordFormat.JSON,
) -> None:
    """Strip HTML pages to their articles.

    An object each: {file,title,byline,published,publisher,language,text}.

    Example: stancewatch extract page.html --url https://www.england.nhs.uk/2026/06/news/
    """
    from flows.texts import extract_files

    sys.exit(extract_files(files, url, is_lines=form is RecordFormat.JSONL))


def analyse(
    file: Annotated[Path, typer.Argument(help="A text, a .jsonl of articles, or - for standard input.")],
    *,
    form: Annotated[TextFormat, typer.Option("--format", help="For people, or as JSON.")] = TextFormat.TEXT,
) -> None:
    """Find statements, speakers, stances and themes in a text.

    Paragraphs are separated by blank lines.

    Example: stancewatch analyse speech.txt --format json
    """
    from flows.texts import analyse_file

    sys.exit(analyse_file(file, form))


def explain(
    key: Annotated[str, typer.Argument(metavar="URL|ID", help="An article's address or id; or a statement's id.")],
) -> None:
    """Show a stored article with its statements marked.

    With speakers, stances and evidence, and how to correct them.

    Example: stancewatch explain https://www.england.nhs.uk/2026/06/news/
    """
    from flows.explain import explain_article

    sys.exit(explain_article(key))
