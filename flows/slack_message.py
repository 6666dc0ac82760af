"""Alerts and digests as Slack messages: Block Kit sections with our own escaping, and a text that stands alone.

Everything from outside passes through `escape`: with ``&``, ``<`` and ``>`` as entities no mention, channel or
link can come alive, and the four formatting signs become look-alikes since Slack has no way to escape them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from flows.wording import EventKind, clean_line, join_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.alert_view import AlertView, EarlierView, QuoteView
    from flows.digest_view import DigestView

SECTION_LIMIT: Final = 2_900
"""Slack refuses a whole message if one section holds more than 3,000 characters."""
QUOTE_SHARE: Final = 700
LINK_LIMIT: Final = 1_500
DIGEST_ENTRIES: Final = 30
"""Entries of a Slack digest: a message has at most 50 blocks."""
_SIGNS: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ", "\n": " "}
)


def escape(text: str, limit: int = SECTION_LIMIT) -> str:
    """Text that Slack shows as it stands, at most ``limit`` characters after escaping."""
    escaped = text.translate(_SIGNS)
    if len(escaped) <= limit:
        return escaped
    room, kept = limit - 1, []
    for sign in text:
        piece = sign.translate(_SIGNS)
        room -= len(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + "…"


def slack_alert(view: AlertView) -> tuple[str, str]:
    """The text that stands alone and the blocks (a JSON array) of one alert."""
    head = f"*{escape(view.headline, 400)}*"
    who = " · ".join(escape(part, 300) for part in (view.description, view.actor_type) if part)
    side = f"{view.side.symbol} *{view.side.badge}* · {view.side.meaning} · confidence {view.confidence}"
    if view.earlier and view.earlier.side is not view.side:
        side = f"{view.earlier.side.symbol} {view.earlier.side.badge} → {side}"
    quote = f"> {_quote(view.quote)}"
    source = _source(view)
    before = _before(view.earlier)
    foot = f"Wrong? `{escape(view.command, 300)}` · statement {escape(view.statement_id, 40)} · found {view.detected}"
    repeat = ["_May be a repeat: an earlier attempt got no clear answer._"] if view.is_possible_repeat else []
    sections = [*repeat, f"{head}\n{who}\n{side}", quote, f"{source}\n{_themes(view)}".rstrip(), before]
    return "\n".join([*sections, foot]), _blocks(sections, foot, key=view.alert_id)


def slack_digest(view: DigestView) -> tuple[str, str]:
    """The text that stands alone and the blocks of a digest."""
    head = f"*{escape(view.title, 300)}*\n{view.window}\n{view.summary}"
    sections, shown = [head], 0
    for group in view.groups:
        lines = []
        for alert in group.alerts[: DIGEST_ENTRIES - shown]:
            line = f"{alert.side.symbol} *{escape(alert.name, 80)}*, {escape(alert.side.name, 40)}"
            if alert.earlier and alert.earlier.side is not alert.side:
                line += f" (was {alert.earlier.side.name})"
            if alert.kind is EventKind.THEME and alert.new_themes:
                line += f", now on {join_words(alert.new_themes).lower()}"
            lines.append(f"{line}: {escape(alert.snippet, 240)} {_link(alert.url, alert.publisher)}")
        shown += len(lines)
        sections += [f"*{group.name}*", *_pack(lines)] if lines else []
    left = view.total - shown
    if left > 0:
        sections.append(f"and {left} more: `stancewatch alerts list`")
    notes = "\n".join(f"• {escape(note, 200)}" for note in view.feed_notes[:10]) or "All feeds are well."
    return "\n".join([*sections, notes]), _blocks(sections, notes)


def slack_test(subject: str, sentence: str) -> tuple[str, str]:
    """The text that stands alone and the blocks of a test message."""
    head = f"*{escape(subject, 300)}*\n{escape(sentence)}"
    foot = "Sent by `stancewatch alerts test`"
    return f"{head}\n{foot}", _blocks([head], foot)


def _quote(quote: QuoteView) -> str:
    """The paragraph with its evidence in bold, where bold can stand: at the edges of words."""
    evidence = quote.evidence.strip()
    inner = escape(evidence, QUOTE_SHARE)
    left = quote.lead_in[-160:] + quote.before[-QUOTE_SHARE:]
    left += quote.evidence[: len(quote.evidence) - len(quote.evidence.lstrip())]
    right = quote.evidence[len(quote.evidence.rstrip()) :] + quote.after[:QUOTE_SHARE] + quote.lead_out[:160]
    is_free = not (left and left[-1].isalnum()) and not (right and right[0].isalnum())
    inner = f"*{inner}*" if evidence and is_free else inner
    return f"{escape(left, QUOTE_SHARE + 200)}{inner}{escape(right, QUOTE_SHARE + 200)}".strip()


def _before(earlier: EarlierView | None) -> str:
    if earlier is None:
        return "*Before:* no earlier position on record."
    where = f"{earlier.date}, {_link(earlier.url, earlier.publisher)}"
    return f"*Before:* {earlier.side.symbol} {earlier.side.badge}, {where}\n> {escape(earlier.quote, QUOTE_SHARE)}"


def _source(view: AlertView) -> str:
    more = f" · also in {escape(view.outlets, 400)}" if view.outlets else ""
    return f"{_link(view.url, view.title)} · {escape(view.publisher, 200)}, {view.date}{more}"


def _themes(view: AlertView) -> str:
    if not view.themes and not view.new_themes:
        return ""
    new = f" · new: {', '.join(view.new_themes)}" if view.new_themes else ""
    return f"Themes: {', '.join(view.themes)}{new}"


def _link(url: str, label: str) -> str:
    shown = escape(clean_line(label), 300).replace("|", "¦")
    target = url.replace("&", "&amp;")
    return f"<{target}|{shown}>" if 0 < len(target) <= LINK_LIMIT else shown


def _pack(lines: Sequence[str]) -> Iterable[str]:
    """Lines gathered into sections that Slack takes."""
    packed = ""
    for line in lines:
        if packed and len(packed) + len(line) >= SECTION_LIMIT:
            yield packed
            packed = ""
        packed += line if not packed else f"\n{line}"
    if packed:
        yield packed


def _blocks(sections: Sequence[str], foot: str, key: str = "") -> str:
    """A JSON array of Block Kit blocks; ``verbatim`` keeps Slack from linking bare words and addresses.

    ``key`` names the last block, so that a receiver can tell a repeat from a new alert.
    """
    blocks: list[object] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}} for text in sections if text
    ]
    name = {"block_id": f"stancewatch-{key}"} if key else {}
    elements = [{"type": "mrkdwn", "text": foot, "verbatim": True}]
    blocks.append({"type": "context", **name, "elements": elements})
    return json.dumps(blocks, ensure_ascii=False)
