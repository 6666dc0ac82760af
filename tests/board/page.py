"""The board's page as the report will put it together, from any data."""

from __future__ import annotations

import json
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Mapping

BOARD: Final = Path(__file__).parents[2] / "flows" / "board"
_UNSAFE: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def page(data: Mapping[str, Any]) -> str:
    """One self-contained page that shows ``data``."""
    pages = Environment(loader=FileSystemLoader(BOARD), autoescape=True, undefined=StrictUndefined)
    return pages.get_template("page.html.j2").render(
        title="Stance board",
        generated=data["generated_at"],
        data=json.dumps(data, ensure_ascii=False).translate(_UNSAFE),
        style=(BOARD / "style.css").read_text(encoding="utf-8"),
        scripts="\n".join(file.read_text(encoding="utf-8") for file in sorted(BOARD.glob("*.js"))),
        vega=_vega(),
    )


def _vega() -> str:
    """The drawing library in one script, kept between runs: making it takes seconds."""
    kept = Path(tempfile.gettempdir()) / f"stancewatch-vega-{version('vl-convert-python')}.js"
    if not kept.exists():
        fresh = kept.with_suffix(".part")
        fresh.write_text(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"), encoding="utf-8")
        fresh.replace(kept)
    return kept.read_text(encoding="utf-8")
