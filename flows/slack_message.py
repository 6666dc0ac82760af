"""Messages for Slack: Block Kit sections with our own escaping, and a text that stands alone.

Everything from outside passes through `escape`: with ``&``, ``<`` and ``>`` as entities and a joiner behind each ``@``
no mention, channel or link can come alive, on Slack or on a host that takes Slack's messages; the four formatting
signs become look-alikes since Slack has no way to escape them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from flows.wording import EventKind, clean_line, join_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.alert_view import AlertView, EarlierView, QuoteView
    from flows.digest_view import DigestView
    from flows.history_view import HistoryView
    from flows.notice_view import HeartbeatView, NoticeView, SummaryView
    from flows.operator_view import OperatorView

SECTION_LIMIT: Final = 2_900
"""Slack refuses a whole message if one section holds more than 3,000 characters."""
QUOTE_SHARE: Final = 700
LINK_LIMIT: Final = 1_500
DIGEST_ENTRIES: Final = 30
"""Entries of a Slack digest: a message has at most 50 blocks."""
_COMMAND_LIMIT: Final = 600
MOST_SECTIONS: Final = 45
NOTES: Final = 10
_CALL_OUT: Final = re.compile(r"@(?=\S|$)|\](?=\(|$)")
"""A mention, or the middle of a Markdown link, on hosts that take Slack's messages but read them in their own way;
what stands at the end of a piece may meet its other half in the next."""
_SIGNS: Final = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "*": "∗",
        "_": "ˍ",
        "~": "∼",
        "`": "ˋ",
        "\n": " ",
    }
)


class Live(str):
    """Text that may speak Slack's markup, since we wrote it."""

    __slots__ = ()


def escape(text: str, limit: int = SECTION_LIMIT) -> str:
    """Text that Slack shows as it stands, at most ``limit`` characters after escaping."""
    text = _CALL_OUT.sub(lambda found: f"{found.group()}\N{WORD JOINER}", text)
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


def code(command: str) -> str:
    """A command to copy: in code nothing is formatted, so that only what would end it or call somebody is changed."""
    kept = command[:_COMMAND_LIMIT].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"`{kept.replace('`', 'ˋ').replace('@', '%40').replace('](', '%5D(')}`"


def escape_value(value: object) -> str:
    """What a template of the user's may print: escaped, unless it is markup of our own making."""
    return value if isinstance(value, Live) else escape(str(value))


def link(url: str, label: str) -> Live:
    """A link to a cleaned address; the bare label where there is none."""
    shown = escape(clean_line(label), 300).replace("|", "¦")
    target = url.replace("&", "&amp;").replace("](", "%5D(")
    return Live(f"<{target}|{shown}>" if 0 < len(target) <= LINK_LIMIT else shown)


def slack_alert(view: AlertView) -> tuple[str, str]:
    """The text that stands alone and the blocks (a JSON array) of one alert."""
    head = f"*{escape(view.headline, 400)}*"
    who = " · ".join(escape(part, 300) for part in (view.description, view.actor_type) if part)
    side = f"{view.side.symbol} *{view.side.badge}* · {view.side.meaning}"
    if view.earlier and view.earlier.side is not view.side:
        side = f"{view.earlier.side.symbol} {view.earlier.side.badge} → {side}"
    sure = f"{view.sure}: confidence {view.confidence}, {view.reading}"
    quote = f"> {_quote(view.quote)}"
    source = f"{_source(view)}\n{_themes(view)}".rstrip()
    wrong = [f"Wrong? {code(view.correction)}"]
    wrong += [f"Why? {code(view.command)}"] if view.command else []
    foot = _foot(
        "\n".join(wrong), view.message_id, f"statement {escape(view.statement_id, 60)} · found {view.detected}"
    )
    sections = [*_repeat(view), f"{head}\n{who}\n{side}\n{sure}", quote, source, _before(view.earlier, view.history)]
    return _message(sections, foot, view.message_id)


def slack_digest(view: DigestView) -> tuple[str, str]:
    """The text that stands alone and the blocks of a digest."""
    sections, shown = [*_repeat(view), f"*{escape(view.title, 300)}*\n{view.window}\n{view.summary}"], 0
    for group in view.groups:
        lines = []
        for theme in group.themes:
            entries = [_entry(alert) for alert in theme.alerts[: DIGEST_ENTRIES - shown]]
            lines += [f"_{escape(theme.name)}_", *entries] if entries else []
            shown += len(entries)
        sections += _pack([f"*{group.name}* ({group.count})", *lines]) if lines else []
    if view.total > shown:
        sections.append(f"and {view.total - shown} more: `stancewatch alerts list`")
    sections += _notes("Taken back", view.withdrawn)
    sections += _notes("Did not arrive", view.channel_notes)
    sections += _notes("Feeds", view.feed_notes) or ["All feeds are well."]
    return _message(sections, _foot("", view.message_id), view.message_id)


def slack_summary(view: SummaryView) -> tuple[str, str]:
    """The text that stands alone and the blocks of a summary."""
    counts = "\n".join(filter(None, (view.counts, view.sides)))
    more = f"and {view.left_out} more: " if view.left_out else "The list: "
    more += f"{link(view.url, 'the whole list')} · " if view.url else ""
    lines = _pack([_entry(alert) for alert in view.alerts])
    sections = [*_repeat(view), f"*{escape(view.subject, 300)}*\n{counts}", *lines]
    return _message([*sections, f"{more}{code(view.command)}"], _foot("", view.message_id), view.message_id)


def slack_heartbeat(view: HeartbeatView) -> tuple[str, str]:
    """The text that stands alone and the blocks of a heartbeat."""
    figures = " · ".join(f"{name} {number}" for name, number in view.figures)
    sections = [*_repeat(view), f"*{escape(view.subject, 300)}*\n{view.window}\n{figures}"]
    sections += [*_notes("Troubles", view.troubles), *_notes("Silent feeds", view.silent)]
    return _message(sections, _foot("", view.message_id), view.message_id)


def slack_operator(view: OperatorView) -> tuple[str, str]:
    """The text that stands alone and the blocks of a message to the operator."""
    sections = [*_repeat(view), f"*{escape(view.subject, 300)}*\nStancewatch on {escape(view.host)}"]
    for group in view.groups:
        lines = [f"*{group.title}*"]
        for line in group.lines:
            told = "".join(code(piece) if odd % 2 else escape(piece, 300) for odd, piece in enumerate(line.pieces))
            advice = f"\n*What to do:* {told}" if line.advice else ""
            lines.append(f"{group.sign} *{escape(line.title, 100)}*\n{escape(line.words, 700)}\n_{line.when}_{advice}")
        sections += _pack(lines)
    sections += [f"and {view.left_out} more: the view troubles"] if view.left_out else []
    return _message(sections[:MOST_SECTIONS], _foot("config/operator.yml", view.message_id), view.message_id)


def slack_test(view: NoticeView) -> tuple[str, str]:
    """The text that stands alone and the blocks of a test message."""
    head = f"*{escape(view.subject, 300)}*\n{escape(view.sentence)} Sent {view.sent}."
    return _message([head], _foot("Sent by `stancewatch alerts test`", view.message_id), view.message_id)


def slack_own(text: str, message_id: str) -> tuple[str, str]:
    """A text by a template of the user's, its paragraphs as sections."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part]
    sections = [packed for part in paragraphs for packed in _pack(part.splitlines())][:MOST_SECTIONS]
    return _message(sections, _foot("", message_id), message_id)


def _repeat(view: AlertView | DigestView | SummaryView | HeartbeatView | OperatorView) -> list[str]:
    return ["_May be a repeat: an earlier attempt got no clear answer._"] if view.is_possible_repeat else []


def _entry(alert: AlertView) -> str:
    """An alert in one line, and the gist of its words."""
    name = f"*{escape(alert.name, 80)}*" + (f", {escape(alert.description, 80)}" if alert.description else "")
    line = f"{alert.side.symbol} {name}: {escape(alert.side.name, 40)}"
    if alert.earlier and alert.earlier.side is not alert.side:
        line += f" (was {alert.earlier.side.name})"
    if alert.kind is EventKind.THEME and alert.new_themes:
        line += f", now on {escape(join_words(alert.new_themes).lower(), 300)}"
    return f"{line} · {link(alert.url, alert.publisher)}\n> {escape(alert.snippet, 240)}"


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


def _before(earlier: EarlierView | None, history: HistoryView | None) -> str:
    record = f"\n{history.signs}  {history.total} on record: {history.counts}" if history else ""
    if earlier is None:
        return f"*Before:* no earlier position on record.{record}"
    where = f"{earlier.date}, {link(earlier.url, earlier.publisher)}"
    told = f"*Before:* {earlier.side.symbol} {earlier.side.badge}, {where}"
    return f"{told}\n> {escape(earlier.quote, QUOTE_SHARE)}{record}"


def _source(view: AlertView) -> str:
    more = f" · also in {escape(view.outlets, 400)}" if view.outlets else ""
    return f"{link(view.url, view.title)} · {escape(view.publisher, 200)}, {view.date}{more}"


def _themes(view: AlertView) -> str:
    if not view.themes and not view.new_themes:
        return ""
    new = f" · new: {', '.join(view.new_themes)}" if view.new_themes else ""
    return escape(f"Themes: {', '.join(view.themes)}{new}", 1_200)


def _notes(title: str, notes: Sequence[str]) -> list[str]:
    lines = [f"• {escape(note, 200)}" for note in notes[:NOTES]]
    lines += [f"• and {len(notes) - NOTES} more"] if len(notes) > NOTES else []
    return ["\n".join([f"*{title}*", *lines])] if lines else []


def _foot(words: str, message_id: str, more: str = "") -> str:
    key = f"message {escape(message_id, 80)}" if message_id else ""
    return "\n".join(filter(None, (words, " · ".join(filter(None, (more, key))))))


def _pack(lines: Sequence[str]) -> Iterable[str]:
    """Lines gathered into sections that Slack takes."""
    packed = ""
    for line in lines:
        kept = line if len(line) <= SECTION_LIMIT else f"{line[: SECTION_LIMIT - 1]}…"
        if packed and len(packed) + len(kept) >= SECTION_LIMIT:
            yield packed
            packed = ""
        packed += kept if not packed else f"\n{kept}"
    if packed:
        yield packed


def _message(sections: Sequence[str], foot: str, key: str) -> tuple[str, str]:
    """The text, and a JSON array of Block Kit blocks.

    ``verbatim`` keeps Slack from linking bare words and addresses; ``key`` names the last block, so that a receiver can
    tell a repeat from a new message.
    """
    blocks: list[object] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}} for text in sections if text
    ]
    if foot:
        name = {"block_id": f"stancewatch-{key}"[:255]} if key else {}
        blocks.append({"type": "context", **name, "elements": [{"type": "mrkdwn", "text": foot, "verbatim": True}]})
    return "\n".join(filter(None, [*sections, foot])), json.dumps(blocks, ensure_ascii=False)
