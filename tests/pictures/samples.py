"""Invented news for the README's pictures: an alert with a record, a digest, a summary, a sign of life."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from extractors.records import ActorType, Stance, Theme
from flows.message_content import AlertContent, DigestContent, Earlier, HeartbeatContent, Past, SummaryContent

QUOTE = (
    "People ask why this worked here and not elsewhere. It worked because nobody at a desk two hundred miles away told "
    "our practices what to do first. Give the neighbourhoods the money and the decisions, and publish the results."
)
EVIDENCE = "Give the neighbourhoods the money and the decisions"
AT = datetime(2026, 6, 3, 6, 5, tzinfo=UTC)


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, 9, 30, tzinfo=UTC)


SHIFT = AlertContent(
    alert_id="7d0f3a9c52e1b846",
    event_kind="shift",
    person="Rosalind Peake",
    role="chief executive",
    organisation="Valley Hospitals Group",
    actor_type=ActorType.LOCAL_NHS,
    stance=Stance.LOCAL,
    stance_score=0.86,
    confidence=0.914,
    quote=QUOTE,
    lead_in="Opening the second day of the conference, she said: “",
    lead_out="” Two ministers were in the hall.",
    evidence=(QUOTE.index(EVIDENCE), QUOTE.index(EVIDENCE) + len(EVIDENCE)),
    earlier=Earlier(
        stance=Stance.CENTRAL,
        quote="We need one national rule for discharge, and somebody with the power to enforce it.",
        published_at=day(2025, 12, 30),
        publisher="Hill Gazette",
        url="https://hill-gazette.example/2025/one-rule",
    ),
    themes=(Theme.AUTONOMY_CONTROL, Theme.NEIGHBOURHOOD_PLACE, Theme.FINANCE),
    new_themes=(Theme.NEIGHBOURHOOD_PLACE,),
    article_title="“Let the neighbourhoods decide”, says the head of three hospitals",
    url="https://valley-post.example/2026/06/neighbourhoods",
    publisher="Valley Post",
    published_at=day(2026, 6, 2),
    outlets=("Valley Post", "Marsh Health Weekly", "Hill Gazette"),
    detected_at=AT,
    statement_id="c41f0b7a9e",
    is_possible_repeat=False,
    history=(
        Past(day(2024, 2, 1), Stance.LOCAL),
        Past(day(2024, 11, 20), Stance.LOCAL),
        Past(day(2025, 5, 3), Stance.BALANCED),
        Past(day(2025, 12, 30), Stance.CENTRAL),
        Past(day(2026, 6, 2), Stance.LOCAL),
    ),
)
_CAST = (
    ("first", "Ifan Morlais", "chair", "Coastal Practices Network", Stance.LOCAL, Theme.SYSTEM_WORKING, 0.88,
     "Nobody in the capital knows our roads in winter; the plan for them has to be drawn up here."),
    ("first", "", "", "Union of Ward Staff", Stance.CENTRAL, Theme.WORKFORCE, 0.97,
     "Safe staffing must be a national rule with no exceptions, or it will be a rule nowhere."),
    ("theme", "Dame Oriel Hatch", "chair", "Committee on Public Health Spending", Stance.CENTRAL, Theme.FINANCE, 0.79,
     "The Treasury should hold back the money from any board that cannot show what it bought."),
    ("first", "Tomasz Wend", "leader", "Marsh County Council", Stance.BALANCED, Theme.LOCAL_GOVERNMENT, 0.72,
     "We will take the targets if we may choose the way, and hand over the keys if we miss them."),
    ("shift", "Priya Lann", "director of policy", "Institute for Care", Stance.BALANCED, Theme.ACCOUNTABILITY, 0.83,
     "Freedom for boards that deliver and a firm hand for those that do not: both halves or neither."),
)  # fmt: skip


def others() -> tuple[AlertContent, ...]:
    """Alerts of other people, in the days before the first."""
    return tuple(
        replace(
            SHIFT,
            alert_id=f"a{number}",
            event_kind=kind,
            person=person,
            role=role,
            organisation=organisation,
            stance=stance,
            confidence=confidence,
            quote=quote,
            evidence=(0, len(quote)),
            earlier=replace(SHIFT.earlier, stance=Stance.LOCAL) if kind == "shift" and SHIFT.earlier else None,
            themes=(Theme.AUTONOMY_CONTROL, theme),
            new_themes=(theme,),
            publisher=("Marsh Health Weekly", "Hill Gazette")[number % 2],
            published_at=SHIFT.published_at - timedelta(hours=7 * number),
            statement_id=f"{number}e9d04c7b{number}",
            history=(),
        )
        for number, (kind, person, role, organisation, stance, theme, confidence, quote) in enumerate(_CAST, start=1)
    )


DIGEST = DigestContent(
    title="Stancewatch weekly digest",
    window=(datetime(2026, 5, 28, 6, tzinfo=UTC), datetime(2026, 6, 4, 6, tzinfo=UTC)),
    alerts=(SHIFT, *others()),
    earlier_counts=(("shift", 1), ("first", 5), ("theme", 0)),
    feed_notes=("Hill Gazette: silent for 9 days; it usually brings 4 articles a week",),
    channel_notes=("team-slack: 2 alerts given up after 10 attempts (HTTP 404); see stancewatch alerts list",),
    withdrawn=("Marsh County Council, first stance of 27 May: corrected by an analyst, it took no side",),
    message_id="9b1e77c0d2",
)
SUMMARY = SummaryContent(
    alerts=(SHIFT, *others()) * 6 + (SHIFT,),
    total=37,
    list_url="https://stancewatch.example.org/report",
    command="stancewatch alerts list",
    message_id="5ad3c1f4e8",
)
HEARTBEAT = HeartbeatContent(
    since=datetime(2026, 6, 2, 6, tzinfo=UTC),
    until=datetime(2026, 6, 3, 6, tzinfo=UTC),
    articles=214,
    statements=96,
    events=0,
    feeds=114,
    silent=("Hill Gazette (9 days)", "Coastal Trusts: news (31 days)"),
    troubles=(),
    message_id="heartbeat-2026-06-03",
)
TROUBLES = replace(
    HEARTBEAT,
    troubles=("team-slack: 2 messages were given up: HTTP 404", "the last monitor run ended 5 hours ago"),
)
