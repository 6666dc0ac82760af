"""The board's page as the report puts it together, from any data."""

from __future__ import annotations

import json
import os
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flows.picture import chart_scripts
from flows.report_page import render_page
from tests.board.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Mapping

BOARD: Final = Path(__file__).parents[2] / "flows" / "board"
_UNSAFE: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def page(data: Mapping[str, Any]) -> str:
    """One self-contained page that shows ``data``."""
    return render_page(json.dumps(data, ensure_ascii=False).translate(_UNSAFE), _vega(), NOW)


def _vega() -> str:
    """The drawing library in one script, kept between runs: making it takes seconds."""
    kept = Path(tempfile.gettempdir()) / f"stancewatch-charts-{version('vl-convert-python')}.js"
    if not kept.exists():
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_text(chart_scripts(), encoding="utf-8")
        fresh.replace(kept)
    return kept.read_text(encoding="utf-8")
