"""An actor's positions over time as a small picture for a mail, drawn without a browser in a worker process.

Three bands say the sides in words; a position is a point with the same sign as in the text, the newest one is larger,
ringed and dated. The picture has its own background, so that it reads in light and in dark mails alike.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from extractors.records import Stance
from flows.jobs import DrawJob
from flows.wording import SIDES, clean_line, london

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.message_content import Past
    from flows.workers import WorkerPool

log = logging.getLogger("stancewatch")
MOST_POINTS: Final = 200
"""The latest positions that are drawn: more would not be told apart."""
_MOST_LINKED: Final = 40
"""Beyond these a line between the points is a thicket."""
_BANDS: Final = (Stance.LOCAL, Stance.BALANCED, Stance.CENTRAL)
_SHAPES: Final = {Stance.LOCAL: "triangle-up", Stance.BALANCED: "diamond", Stance.CENTRAL: "triangle-down"}
_COLOURS: Final = {Stance.LOCAL: "#0b6b60", Stance.BALANCED: "#54439b", Stance.CENTRAL: "#96440a"}
_TINTS: Final = {Stance.LOCAL: "#e3f1ef", Stance.BALANCED: "#ecebf6", Stance.CENTRAL: "#f8ece3"}
_INK, _SOFT, _GROUND = "#16202b", "#55616e", "#ffffff"
_FONT: Final = "Liberation Sans"
"""Comes with the drawing library, so that every machine draws the same bytes."""
_WIDTH, _BAND_HEIGHT, _SCALE = 424, 44, 2
_HEIGHT: Final = _BAND_HEIGHT * len(_BANDS)
_YEARS: Final = range(1900, 2200)
"""What a feed dates otherwise is no date."""
_DAY: Final = timedelta(days=1)
_FEW_DAYS, _FEW_MONTHS = 60, 900
_MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 600, 12_000)
_MOST_TICKS: Final = 5
_ROOM: Final = 0.27
"""The share of the axis, at its end, that the newest position's date takes."""
_BARE_AXIS: Final[dict[str, Any]] = {"title": None, "domain": False, "ticks": False}
_ORDER: Final = [SIDES[side].name.capitalize() for side in _BANDS]
_Y: Final[dict[str, Any]] = {
    "field": "band",
    "type": "nominal",
    "sort": _ORDER,
    "scale": {"domain": _ORDER, "padding": 0},
}
_SIGN: Final[dict[str, Any]] = {
    "shape": {"field": "shape", "type": "nominal", "scale": None},
    "fill": {"field": "colour", "type": "nominal", "scale": None},
}


async def draw_history(workers: WorkerPool, history: Sequence[Past], who: str) -> bytes:
    """The picture of a history as PNG; empty where there are not two positions to compare, or it cannot be drawn."""
    shown = [past for past in history if past.stance in _BANDS and past.said_at.year in _YEARS][-MOST_POINTS:]
    if len(shown) < 2:  # noqa: PLR2004 - one point is no history
        return b""
    answer = await workers.run(DrawJob(json.dumps(history_chart(shown)), _SCALE))
    if isinstance(answer, bytes):
        return answer
    log.warning("no chart of the positions of %s: %s", clean_line(who, 80), getattr(answer, "reason", "no picture"))
    return b""


def history_chart(history: Sequence[Past]) -> dict[str, Any]:
    """The Vega-Lite specification of a history of two positions or more, in order of time."""
    first, last = history[0].said_at, history[-1].said_at
    left = max((last - first) * 0.06, _DAY / 2)
    right = (last - first + left) * 0.065
    axis = _BARE_AXIS | {
        "values": [_stamp(tick) for tick in _ticks(first, last)],
        "format": _date_format(last - first),
        "grid": True,
        "gridColor": _GROUND,
        "labelFontSize": 15,
        "labelColor": _SOFT,
        "labelPadding": 8,
    }
    moments = {"type": "utc", "domain": [_stamp(first - left), _stamp(last + right)], "nice": False}
    x = {"field": "at", "type": "temporal", "scale": moments, "axis": axis}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": _WIDTH,
        "height": _HEIGHT,
        "background": _GROUND,
        "padding": {"left": 10, "right": 14, "top": 12, "bottom": 10},
        "layer": [_bands(), *_positions(history, x), *_newest(history[-1], x)],
        "config": {"view": {"stroke": None}, "font": _FONT, "axis": {"labelFont": _FONT}, "text": {"font": _FONT}},
    }


def _bands() -> dict[str, Any]:
    """Three tinted stripes with their names to the left."""
    axis = _BARE_AXIS | {
        "labelFontSize": 16,
        "labelFontWeight": "bold",
        "labelPadding": 12,
        "labelColor": {
            "expr": " : ".join(f"datum.value === '{_name(side)}' ? '{_COLOURS[side]}'" for side in _BANDS)
            + f" : '{_INK}'"
        },
    }
    return {
        "data": {"values": [{"band": _name(side), "tint": _TINTS[side]} for side in _BANDS]},
        "mark": {"type": "rect", "height": _BAND_HEIGHT - 3},
        "encoding": {"y": _Y | {"axis": axis}, "color": {"field": "tint", "type": "nominal", "scale": None}},
    }


def _positions(history: Sequence[Past], x: dict[str, Any]) -> list[dict[str, Any]]:
    """The way from point to point, and all points but the newest."""
    rows = [_row(past) for past in history]
    way = {"type": "line", "color": "#7d8894", "strokeWidth": 1.5}
    points = {"type": "point", "size": 230, "opacity": 1, "stroke": _GROUND, "strokeWidth": 1}
    layers: list[dict[str, Any]] = [
        {"data": {"values": rows[:-1]}, "mark": points, "encoding": {"x": x, "y": _Y, **_SIGN}},
    ]
    if len(rows) <= _MOST_LINKED:
        layers.insert(0, {"data": {"values": rows}, "mark": way, "encoding": {"x": x, "y": _Y}})
    return layers


def _newest(past: Past, x: dict[str, Any]) -> list[dict[str, Any]]:
    """The newest position, ringed, with its date below it, where the axis has its dates."""
    data = {"data": {"values": [_row(past)]}}
    ring = {"type": "point", "shape": "circle", "size": 1_100, "fill": _GROUND, "opacity": 1}
    date = {"type": "text", "align": "right", "baseline": "top", "fontSize": 15, "fontWeight": "bold", "color": _INK}
    at, band = {"x": x}, {"y": _Y}
    return [
        {**data, "mark": {"type": "rule", "color": _INK}, "encoding": at | band | {"y2": {"value": _HEIGHT + 6}}},
        {**data, "mark": ring | {"stroke": _INK, "strokeWidth": 2}, "encoding": at | band},
        {**data, "mark": {"type": "point", "size": 320, "opacity": 1, "stroke": None}, "encoding": at | band | _SIGN},
        {
            **data,
            "mark": date | {"dx": 24},
            "encoding": at | {"y": {"value": _HEIGHT + 9}, "text": {"value": _date(past.said_at)}},
        },
    ]


def _row(past: Past) -> dict[str, str]:
    return {
        "at": _stamp(past.said_at),
        "band": _name(past.stance),
        "shape": _SHAPES[past.stance],
        "colour": _COLOURS[past.stance],
    }


def _name(stance: Stance) -> str:
    return SIDES[stance].name.capitalize()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _date(moment: datetime) -> str:
    """A short date: the axis has no room for "23 September 2026"."""
    local = london(moment)
    return f"{local.day} {local:%b %Y}"


def _date_format(span: timedelta) -> str:
    return "%-d %b" if span.days <= _FEW_DAYS else "%b %Y" if span.days <= _FEW_MONTHS else "%Y"


def _ticks(first: datetime, last: datetime) -> list[datetime]:
    """A few round dates from the first position on, as far as the newest one's date leaves room."""
    span = last - first
    start = first.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if span.days <= _FEW_DAYS:
        step = max(span.days // 4, 1)
        ticks = [start + _DAY * number for number in range(0, span.days + 1, step)]
    else:
        least = 1 if span.days <= _FEW_MONTHS else 12
        step = next(step for step in _MONTH_STEPS if step >= least and span.days / 30 / step <= _MOST_TICKS)
        month = (start.year * 12 + start.month - 1) // step * step
        months = range(month, month + step * (_MOST_TICKS + 2), step)
        ticks = [start.replace(year=month // 12, month=month % 12 + 1, day=1) for month in months]
    return [tick for tick in ticks if first - span * 0.06 <= tick <= last - span * _ROOM]
