"""What people see of an alert: the right words, every fact, and nothing alive that came from a page."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from extractors.records import Stance, Theme
from flows.message_content import AlertContent
from tests.flows.alerts import EARLIER, FIRST, HISTORY, MARKED, PNG, QUOTE, RENDERER, SHIFT, digest_of
from tests.flows.pages import Tags, slack_texts


@pytest.mark.parametrize(
    ("content", "subject"),
    [
        (FIRST, "New stance: Rosalind Peake (Valley Hospitals Group) takes the local side"),
        (SHIFT, "Change of side: Rosalind Peake (Valley Hospitals Group) moves from central to local"),
        (replace(FIRST, person=""), "New stance: Valley Hospitals Group takes the local side"),
        (replace(FIRST, organisation=""), "New stance: Rosalind Peake takes the local side"),
        (
            replace(FIRST, person="", stance=Stance.BALANCED),
            "New stance: Valley Hospitals Group takes a balanced position",
        ),
        (
            replace(SHIFT, person="", event_kind="theme", new_themes=(Theme.FINANCE, Theme.WORKFORCE)),
            "New theme: Valley Hospitals Group, the local side, now on money and workforce",
        ),
        (
            replace(FIRST, is_possible_repeat=True),
            "New stance: Rosalind Peake (Valley Hospitals Group) takes the local side (may be a repeat)",
        ),
    ],
)
def test_the_subject_says_who_does_what(content: AlertContent, subject: str) -> None:
    assert RENDERER.alert(content).subject == subject


def test_every_channel_tells_every_fact() -> None:
    message = RENDERER.alert(SHIFT)
    page = Tags(message.html)
    assert page.links.count(SHIFT.url) == 2
    assert EARLIER.url in page.links
    slack = "\n".join(slack_texts(message))
    for text in (message.text, page.text, slack, message.slack_text):
        flat = re.sub(r"[\s*>`]+", " ", text).replace("[", "")
        for fact in (
            "Rosalind Peake",
            "chair, Valley Hospitals Group",
            "Local NHS",
            "▲ LOCAL control",
            "▼ CENTRAL control",
            "confidence 82 %",
            "Opening the meeting, she said: “No plan drawn up far away will fit our valley.",
            "then hold them to it.” Members applauded.",
            EARLIER.quote,
            "Tuesday 30 December 2025",
            "Wednesday 3 June 2026",
            "Valley chair asks for room to choose",
            "Accountability",
            "lso in Hill Gazette",
            "stancewatch explain",
            "st-77",
            "5 statements of position on record: 3 local, 1 central, 1 balanced",
            "Fairly sure: confidence 82 %, a machine’s reading",
            'stancewatch correct st-77 --stance none --note "why"',
            "Message al-1",
            "Wednesday 3 June 2026, 07:05",
        ):
            assert fact.lower() in flat.lower(), fact


def test_the_evidence_is_marked_and_the_quotation_is_exact() -> None:
    message = RENDERER.alert(FIRST)
    marked = re.search(r'<b class="mark"[^>]*>(.*?)</b>', message.html)
    assert marked is not None
    assert marked.group(1) == MARKED
    assert QUOTE in Tags(message.html).text
    assert f"*{MARKED}*" in re.sub(r"\s+", " ", message.text)
    assert f"*{MARKED}*" in message.slack_text


def test_plain_text_keeps_to_72_columns() -> None:
    lines = (
        RENDERER.alert(SHIFT).text.splitlines()
        + RENDERER.digest(replace(digest_of(SHIFT), feed_notes=(QUOTE,), withdrawn=(QUOTE,))).text.splitlines()
    )
    assert [line for line in lines if len(line) > 72 and "://" not in line] == []


def test_no_earlier_position_is_said_in_words() -> None:
    message = RENDERER.alert(FIRST)
    for text in (message.text, message.html, message.slack_text):
        assert "o earlier position on record" in text


def test_signs_of_a_page_do_not_format_slack() -> None:
    message = RENDERER.alert(replace(FIRST, quote="a *b* _c_ ~d~ `e` f", evidence=(0, 0), article_title="*t*"))
    assert "a ∗b∗ ˍcˍ ∼d∼ ˋeˋ f" in message.slack_text
    assert "|∗t∗>" in message.slack_text


def test_a_long_quotation_is_cut_around_its_evidence() -> None:
    quote = "before " * 2_000 + MARKED + " after" * 2_000
    start = quote.index(MARKED)
    message = RENDERER.alert(replace(FIRST, quote=quote, evidence=(start, start + len(MARKED))))
    assert f">{MARKED}</b> after" in message.html
    assert "… " in message.text
    assert len(message.text) < 4_000


@pytest.mark.parametrize("evidence", [(0, 0), (50, 20), (-5, 10_000), (10_000, 20_000)])
def test_wrong_offsets_never_stop_an_alert(evidence: tuple[int, int]) -> None:
    assert QUOTE in Tags(RENDERER.alert(replace(FIRST, evidence=evidence)).html).text


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="repeat"):
        RENDERER.alert(replace(FIRST, event_kind="repeat"))


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.99, "Very sure: confidence 99 %"),
        (0.5, "Not quite sure: confidence 50 %"),
        (float("nan"), "Unsure"),
        (-1, "0 %"),
    ],
)
def test_confidence_is_told_in_words_and_figures(confidence: float, words: str) -> None:
    message = RENDERER.alert(replace(FIRST, confidence=confidence))
    assert words in message.text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_analysts_reading_is_told_as_such() -> None:
    message = RENDERER.alert(replace(FIRST, confidence=1.0, is_corrected=True))
    for text in (message.text, Tags(message.html).text, message.slack_text):
        assert "an analyst’s reading" in text
        assert "machine" not in text


def test_the_chart_is_an_inline_picture_told_in_words() -> None:
    message = RENDERER.alert(replace(SHIFT, chart=PNG))
    (image,) = message.images
    assert image.png == PNG
    assert f'src="cid:{image.cid}"' in message.html
    assert image.alt.startswith("Positions of Rosalind Peake over time: local on ")
    assert image.alt.endswith("and local on 3 June 2026, the latest.")
    assert f'alt="{image.alt}"' in message.html


@pytest.mark.parametrize(
    "content", [SHIFT, replace(SHIFT, chart=PNG, history=HISTORY[-1:]), replace(SHIFT, chart=PNG, history=())]
)
def test_without_chart_or_history_there_is_no_picture(content: AlertContent) -> None:
    message = RENDERER.alert(content)
    assert not message.images
    assert "<img" not in message.html


def test_a_long_history_is_told_in_short() -> None:
    message = RENDERER.alert(replace(SHIFT, history=HISTORY * 50, chart=PNG))
    assert "250 statements of position on record: 150 local, 50 central, 50 balanced" in " ".join(message.text.split())
    assert "…◆▼▲▲▲◆▼▲▲▲◆▼▲  (oldest first)"[2:] in message.text
    assert "after 244 earlier positions, " in message.images[0].alt
    assert len(message.images[0].alt) < 300


def test_an_alert_without_an_address_offers_no_link_and_nothing_to_explain() -> None:
    message = RENDERER.alert(replace(FIRST, url="javascript:alert(1)"))
    for text in (message.text, message.html, message.slack_text):
        assert "explain" not in text
        assert "javascript" not in text


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_impossible_dates_never_stop_an_alert(moment: datetime) -> None:
    earlier = replace(EARLIER, published_at=moment)
    assert RENDERER.alert(replace(SHIFT, published_at=moment, earlier=earlier, detected_at=moment)).text


def test_a_mail_with_all_that_it_can_hold_stays_far_below_what_gmail_clips() -> None:
    long = replace(SHIFT, quote="word " * 5_000, lead_in="word " * 500, lead_out="word " * 500, evidence=(100, 900))
    assert len(RENDERER.alert(long).html.encode()) < 30_000
