"""Invented alerts that the tests of rendering and delivery share."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from extractors.records import ActorType, Stance, Theme
from flows.deliver import Attempt, Destination, send
from flows.message_content import (
    AlertContent,
    DigestContent,
    Earlier,
    HeartbeatContent,
    Message,
    Past,
    SummaryContent,
)
from flows.render import Renderer
from flows.sinks import MailSink, WebhookSink

QUOTE = "No plan drawn up far away will fit our valley. Leave the choice with the boards, then hold them to it."
MARKED = "Leave the choice with the boards"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=y> <!channel> <!here> <@U123> @here @channel *bold* _i_ ~s~ `code` "
    "=cmd|' /C calc'!A0 \r\nBcc: thief@example.net\r\n\r\nx \x00\x07\x1b[31m \u202egnirts\u202c \u2066x\u2069 \ufeff "
    "\ud83d {{ 7*7 }} {% raw %} & &amp; &lt;b&gt; 👩‍⚕️ 🩺"
)

FIRST = AlertContent(
    alert_id="al-1",
    event_kind="first",
    person="Rosalind Peake",
    role="chair",
    organisation="Valley Hospitals Group",
    actor_type=ActorType.LOCAL_NHS,
    stance=Stance.LOCAL,
    stance_score=0.8,
    confidence=0.824,
    quote=QUOTE,
    lead_in="Opening the meeting, she said: “",
    lead_out="” Members applauded.",
    evidence=(QUOTE.index(MARKED), QUOTE.index(MARKED) + len(MARKED)),
    earlier=None,
    themes=(Theme.AUTONOMY_CONTROL, Theme.ACCOUNTABILITY),
    new_themes=(),
    article_title="Valley chair asks for room to choose",
    url="https://valley-post.example/room?a=1&b=2",
    publisher="Valley Post",
    published_at=datetime(2026, 6, 2, 23, 30, tzinfo=UTC),
    outlets=("Valley Post", "Hill Gazette"),
    detected_at=datetime(2026, 6, 3, 6, 5, tzinfo=UTC),
    statement_id="st-77",
    is_possible_repeat=False,
)
EARLIER = Earlier(
    stance=Stance.CENTRAL,
    quote="One rule for every ward in the land is the only fair one.",
    published_at=datetime(2025, 12, 30, 12, tzinfo=UTC),
    publisher="Hill Gazette",
    url="https://hill-gazette.example/one-rule",
)
SIDES = (Stance.LOCAL, Stance.LOCAL, Stance.BALANCED, Stance.CENTRAL, Stance.LOCAL)
HISTORY = tuple(
    Past(FIRST.published_at - timedelta(days=160 * (4 - number)), side) for number, side in enumerate(SIDES)
)
SHIFT = replace(FIRST, event_kind="shift", earlier=EARLIER, new_themes=(Theme.ACCOUNTABILITY,), history=HISTORY)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
WINDOW = (datetime(2026, 5, 28, 6, tzinfo=UTC), datetime(2026, 6, 4, 6, tzinfo=UTC))
RENDERER = Renderer()
MESSAGE = RENDERER.alert(FIRST)
NOW = datetime(2026, 6, 3, 9, tzinfo=UTC)
TOKENS = "TQ1JJ3T3L2/BQ1BRTD4JD/TIiajkdnlazkcOXrIdevi7"


def hostile(text: str) -> AlertContent:
    """An alert that holds the text wherever a page or feed has a say."""
    return replace(
        SHIFT,
        person=text,
        role=text,
        organisation=text,
        quote=text,
        lead_in=text,
        lead_out=text,
        evidence=(3, max(len(text) // 2, 4)),
        article_title=text,
        publisher=text,
        url=f"https://site.example/{text[:1000]}",
        outlets=(text, "b" + text),
        statement_id=text,
        alert_id=text,
        earlier=replace(EARLIER, quote=text, publisher=text, url=f"javascript:{text}"),
    )


def digest_of(*alerts: AlertContent, text: str = "Weekly digest") -> DigestContent:
    return DigestContent(text, WINDOW, alerts, message_id="dig-1")


def every_kind(text: str, content: AlertContent) -> tuple[Message, ...]:
    """One message of each kind that holds the text and the alert."""
    notes = (text, text)
    digest = replace(
        digest_of(content, replace(content, event_kind="theme"), content, text=text),
        feed_notes=notes,
        channel_notes=notes,
        withdrawn=notes,
        message_id=text,
    )
    return (
        RENDERER.alert(content),
        RENDERER.alert(replace(content, chart=PNG, history=HISTORY)),
        RENDERER.digest(digest),
        RENDERER.summary(SummaryContent((content,) * 3, 30, f"https://site.example/{text[:900]}", text, text)),
        RENDERER.summary(SummaryContent((), 30, text, text)),
        RENDERER.heartbeat(HeartbeatContent(*WINDOW, 1, 2, 3, 4, notes, notes, text)),
        RENDERER.test(text, WINDOW[0]),
    )


def mail_to(sink: MailSink, extra: str = "&to=desk@example.org") -> Destination:
    return Destination("desk", f"mailto://127.0.0.1:{sink.port}?from=watch@example.org{extra}")


def slack_at(sink: WebhookSink, extra: str = "") -> Destination:
    return Destination("team", f"slack://{TOKENS}{extra}", endpoint=sink.url)


def attempt(destination: Destination, message: Message = MESSAGE, only: tuple[str, ...] = ()) -> Attempt:
    return send(message, destination, alert_id=FIRST.alert_id, at=NOW, only=only)
