"""The board: one HTML file that holds all it needs, written from the published file."""

from __future__ import annotations

import contextlib
import os
import re
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from extractors.theme import ThemeRules
from flows.board_data import Edition, board_json
from flows.config_file import read_config
from flows.jobs import BundleJob
from flows.wording import long_time
from warehouse.board import read_board
from warehouse.database import WarehouseError
from warehouse.published import published_path

if TYPE_CHECKING:
    from datetime import datetime

    from flows.settings import Places
    from flows.workers import WorkerPool

REPORT_NAME: Final = "stancewatch-report.html"
_PAGE: Final = Path(__file__).parent / "board"
_TITLE: Final = "Stancewatch: who should run the NHS?"
_LIBRARY: Final = "vl-convert-python"
_NOTICE: Final = (
    "/*! Vega, Vega-Lite, Vega-Embed and D3, as bundled by vl-convert {version}. Copyright: University of Washington"
    " Interactive Data Lab, Mike Bostock and other authors; licences BSD-3-Clause and ISC, see github.com/vega. */"
)
_ENDS: Final = re.compile(r"</(?=script|style)|<!--", re.IGNORECASE)


def report_path(places: Places) -> Path:
    """Where the report lies if nobody says otherwise: beside the published file."""
    return published_path(places.warehouse).with_name(REPORT_NAME)


async def write_report(
    places: Places, workers: WorkerPool, now: datetime, *, folder: Path | None = None, since: datetime | None = None
) -> Path:
    """Put the board as it is published into ``folder``, beside the published file by default; returns where it is.

    Whoever has the old one open keeps it; nobody ever sees a half.

    Raises:
        WarehouseError: nothing is published yet, or the charts' scripts cannot be had.
        ConfigError: config/themes.yml cannot be used.
        OSError: it cannot be written.
    """
    themes = read_config(places.file("themes.yml"), ThemeRules).themes
    board = read_board(places.warehouse, since)
    data = board_json(board, Edition(now, metadata.version("stancewatch"), themes))
    target = folder / REPORT_NAME if folder else report_path(places)
    _replace(target, _render(data, await _chart_scripts(places.home, workers), now))
    return target


def _render(data: str, vega: str, now: datetime) -> str:
    """The page with everything in it.

    Its template and what it inlines are ours alone, from flows/board: no file of the user's takes their place. The
    template gets `data` (JSON for a script tag), `style`, `vega` and `scripts` (all *.js in order of their names) as
    text that stands as it is, `title` and `generated` as text that is escaped. Only `data` comes from outside.
    """
    environment = Environment(loader=FileSystemLoader(_PAGE), autoescape=True, undefined=StrictUndefined)
    scripts = "\n".join(file.read_text(encoding="utf-8") for file in sorted(_PAGE.glob("*.js")))
    style = "\n".join(file.read_text(encoding="utf-8") for file in sorted(_PAGE.glob("*.css")))
    return environment.get_template("page.html.j2").render(
        data=Markup(data),  # noqa: S704 - board_json escaped all that could end its tag
        style=_inline(style),
        vega=_inline(vega),
        scripts=_inline(scripts),
        title=_TITLE,
        generated=long_time(now),
    )


def _inline(text: str) -> Markup:
    """A script or style that cannot end its tag: such a string can only stand where a backslash changes nothing."""
    return Markup(_ENDS.sub(lambda found: f"<\\{found[0][1:]}", text))  # noqa: S704 - our own files


async def _chart_scripts(home: Path, workers: WorkerPool) -> str:
    """The scripts that draw charts, made once a version of the library: it starts a JavaScript engine for that."""
    version = metadata.version(_LIBRARY)
    made = home / f"vega-{version}.js"
    if not made.exists():
        answer = await workers.run(BundleJob())
        if not isinstance(answer, str):
            reason = getattr(answer, "reason", "no answer")
            raise WarehouseError(f"the report's charts cannot be made: {reason}; reinstall {_LIBRARY}")
        # its names are its own: the page's scripts share no scope with it
        _replace(made, f'{_NOTICE.format(version=version)}\n(() => {{"use strict";{answer}}})();\n')
    return made.read_text(encoding="utf-8")


def _replace(target: Path, text: str) -> None:
    """Write a file in whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
