"""A Slack message drawn as Slack shows it, as far as our blocks use its markup: enough to look at, no more."""

from __future__ import annotations

import html
import re
from typing import Any

_STYLE = """
body { margin: 0; padding: 18px 20px; background: #fff; color: #1d1c1d; font: 15px/22px Lato, 'Noto Sans', sans-serif }
.who { font-weight: 900; margin-left: 46px } .who small { font-weight: 400; color: #616061; margin-left: 8px }
.face { position: absolute; width: 36px; height: 36px; border-radius: 6px; background: #16202b; color: #fff;
  text-align: center; font: bold 18px/36px sans-serif }
.bot { background: #e8e8e8; color: #616061; font-size: 10px; padding: 1px 3px; border-radius: 2px; margin-left: 6px }
.block { margin: 2px 0 8px 46px; white-space: pre-wrap; overflow-wrap: anywhere }
.context { color: #616061; font-size: 13px; line-height: 18px }
blockquote { margin: 4px 0; padding-left: 12px; border-left: 4px solid #ddd }
a { color: #1264a3; text-decoration: none }
code { background: #f8f8f8; border: 1px solid #ddd; border-radius: 3px; padding: 1px 3px; color: #c01343;
  font: 12px/18px 'DejaVu Sans Mono', monospace }
@media (prefers-color-scheme: dark) {
  body { background: #1a1d21; color: #d1d2d3 } a { color: #5fb0e6 } code { background: #232529; border-color: #444 }
  .context, .who small { color: #9fa1a4 } blockquote { border-color: #444 } .bot { background: #333 }
}
"""


def slack_page(blocks: list[dict[str, Any]]) -> str:
    """The page for a message's sections and contexts."""
    shown = []
    for block in blocks:
        texts = [block["text"]] if block["type"] == "section" else block["elements"]
        name = "block context" if block["type"] == "context" else "block"
        shown += [f'<div class="{name}">{_mrkdwn(text["text"])}</div>' for text in texts]
    head = '<div class="face">S</div><div class="who">Stancewatch<span class="bot">APP</span><small>07:05</small></div>'
    return f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style><body>{head}{"".join(shown)}'


def _mrkdwn(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        inner = line.removeprefix("> ")
        marked = _inline(inner)
        lines.append(f"<blockquote>{marked}</blockquote>" if inner != line else f"{marked}\n")
    return "".join(lines).rstrip("\n")


def _inline(text: str) -> str:
    pieces = re.split(r"(<https?://[^|>]+\|[^>]+>|`[^`]+`)", text)
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: str) -> str:
    link = re.fullmatch(r"<([^|>]+)\|([^>]+)>", piece)
    if link:
        return f'<a href="#">{_safe(link[2])}</a>'
    if piece.startswith("`") and piece.endswith("`") and len(piece) > 1:
        return f"<code>{_safe(piece[1:-1])}</code>"
    bold = re.sub(r"(?<!\w)\*([^*]+)\*(?!\w)", r"<b>\1</b>", _safe(piece))
    return re.sub(r"(?<!\w)_([^_]+)_(?!\w)", r"<i>\1</i>", bold)


def _safe(text: str) -> str:
    return html.escape(html.unescape(text), quote=False)
