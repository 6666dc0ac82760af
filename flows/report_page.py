"""The board's page with everything in it; written by worker processes."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from extractors.theme import ThemeRules
from flows.board_data import Edition, board_json
from flows.config_file import read_config
from flows.seed_settings import SeedsFile
from flows.whole_file import write_whole
from flows.wording import long_time
from warehouse.board import read_board

if TYPE_CHECKING:
    from datetime import datetime

    from flows.jobs import ReportJob

TITLE: Final = "Who should run the NHS"
_FOLDER: Final = Path(__file__).parent / "board"
_ENDS: Final = re.compile(r"</(?=script|style)|<!--", re.IGNORECASE)


def write_page(job: ReportJob) -> None:
    """Read the published file and write the page that a job asks for; the same bytes for the same file and moment.

    Raises:
        ConfigError: config/themes.yml or config/seeds.yml cannot be used.
        WarehouseError: nothing is published yet, or it was published by an older version.
        OSError: it cannot be written.
    """
    themes = read_config(job.places.file("themes.yml"), ThemeRules).themes
    seeds = read_config(job.places.file("seeds.yml"), SeedsFile).seeds
    periods = {seed.article_id: seed.published_in() for seed in seeds if seed.published_in()}
    board = read_board(job.places.warehouse, job.since)
    data = board_json(board, Edition(job.now, metadata.version("stancewatch"), themes, periods))
    del board  # what follows holds the whole page more than once
    write_whole(job.target, render_page(data, job.vega.read_text(encoding="utf-8"), job.now), job.places.access)


def render_page(data: str, vega: str, now: datetime) -> str:
    """The page.

    Its template and what it inlines are ours alone, from flows/board: no file of the user's takes their place. The
    template gets `data` (JSON for a script tag), `style`, `vega` and `scripts` (all *.js in order of their names) as
    text that stands as it is, `title` and `generated` as text that is escaped. Only `data` comes from outside.
    """
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2").render(
        data=Markup(data),  # noqa: S704 - board_json escaped all that could end its tag
        style=inlined(_joined("*.css")),
        vega=inlined(vega),
        scripts=inlined(_joined("*.js")),
        title=TITLE,
        generated=long_time(now),
    )


def _joined(pattern: str) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(_FOLDER.glob(pattern)))


def inlined(text: str) -> Markup:
    """A script or style that cannot end its tag: such a string only stands where a backslash changes nothing."""
    return Markup(_ENDS.sub(lambda found: f"<\\{found[0][1:]}", text))  # noqa: S704 - our own files
