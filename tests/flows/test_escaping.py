"""Whatever a page, a feed or a log line says: shown as text or cut, in every kind of message and in every channel."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.defusing import defuse
from flows.message_content import Message
from flows.render import HTML_BYTES
from tests.depth import tries
from tests.flows.alerts import HOSTILE, RENDERER, SHIFT, every_kind, hostile
from tests.flows.pages import Tags, slack_texts

ALLOWED = Tags("".join(message.html for message in every_kind("x", SHIFT)))
MENTION = re.compile(r"@(?=[^\s…\N{WORD JOINER}])")
MARKDOWN = re.compile(r"\]\(|!\[|[*_~`]")
PIECES = (
    "<script>alert(1)</script>", "<!channel>", "<@U1>", "@here", "@everyone", "@**all**", "*b*", "_i_", "`c`", "```",
    "[x](https://evil.example)", "![x](https://evil.example/p.png)", "=cmd|' /C calc'!A0", "\r\nBcc: x@y.example\r\n",
    "\u202e", "\u2067", "\x00", "\x1b[31m", "\ud83d", "\udfff", "👩‍⚕️", "a" * 3_000, " ", "\n", "{{ 7*7 }}", "{% raw %}",
    "&lt;", "&", '"', "'", "-->", "<![endif]-->", "</style>", "]]>", "https://evil.example/@all/<!here>", "|", "\\",
    "<https://evil.example/>", "@https://evil.example/",
)  # fmt: skip


def check(message: Message) -> None:
    """No live mention, no added header, no markup of theirs, nothing too long, nothing that cannot be encoded."""
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", message.subject)
    assert 0 < len(message.subject) <= 220
    page = Tags(message.html)
    assert page.names <= ALLOWED.names
    assert page.attributes <= ALLOWED.attributes
    assert all(link.startswith(("https://", "cid:positions@")) for link in page.links)
    assert message.html.count("<!--") == message.html.count("-->") == RENDERER.alert(SHIFT).html.count("<!--")
    for form in (message.text, message.html, message.slack_text, message.slack_blocks):
        form.encode()
        assert len(form) < HTML_BYTES
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", form)
    for sent in (*slack_texts(message), message.slack_text):
        assert not re.search(r"<(?!https://[^\s<>|]*\|[^<>|]*>)", sent), sent
        assert not re.search(r"&(?!amp;|lt;|gt;)", sent)
        assert not MENTION.search(re.sub(r"<https://[^|]*\|", "", sent)), sent
        assert "](" not in sent
    assert all(0 < len(sent) <= 3_000 for sent in slack_texts(message))
    for plain in (defuse(message.text), defuse(message.subject)):
        rest = re.sub(r"https?://[^\s<>()\[\]*`|\\@]+", "", plain)
        assert not MENTION.search(rest)
        assert not MARKDOWN.search(rest)
        assert not re.search(r"<(?=\S)(?!\N{WORD JOINER})", rest)


@pytest.mark.parametrize(
    "text", [HOSTILE, HOSTILE * 3_000, "\x00" * 500, "\u202e", "", "a" * 1_000_000, "Ḁ̷̛̖" * 20_000, *PIECES]
)
def test_hostile_text_is_shown_as_text_or_cut(text: str) -> None:
    for message in every_kind(text, hostile(text)):
        check(message)
        assert "alert(1)" not in message.html or "&lt;script&gt;alert(1)" in message.html


@settings(max_examples=tries(12), suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(
        st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=6).map("".join),
        min_size=9,
        max_size=9,
    ),
    evidence=st.tuples(st.integers(-5, 500), st.integers(-5, 500)),
    kind=st.sampled_from(["first", "shift", "theme"]),
)
def test_any_text_in_any_field(texts: list[str], evidence: tuple[int, int], kind: str) -> None:
    content = replace(
        hostile(texts[0]),
        event_kind=kind,
        person=texts[1],
        organisation=texts[2],
        quote=texts[3],
        evidence=evidence,
        article_title=texts[4],
        outlets=(texts[5], texts[6]),
        url=f"https://{texts[7]}",
    )
    for message in every_kind(texts[8], content):
        check(message)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@everyone @here @**all** a@b.example", "@\u2060everyone @\u2060here @\u2060∗∗all∗∗ a@\u2060b.example"),
        (
            "<@U1> <!channel> <#C1> <users/all> 3 < 4",
            "<\u2060@\u2060U1> <\u2060!channel> <\u2060#C1> <\u2060users/all> 3 < 4",
        ),
        ("[x](https://evil.example/a_b)", "[x]\u2060(https://evil.example/a_b)"),
        ("![x](y)", "!\u2060[x]\u2060(y)"),
        ("see https://a.example/x_y*z/@me", "see https://a.example/x_y∗z/@\u2060me"),
        ("see https://a.example/@me?q=_a_", "see https://a.example/%40me?q=_a_"),
        ("<https://a.example/@me> @https://b.example", "<\u2060https://a.example/%40me> @\u2060https://b.example"),
        ("#https://a.example/", "#\u2060https://a.example/"),
        ("/start\n#head", "/\u2060start\n#\u2060head"),
        ("`code` ||spoiler||", "ˋcodeˋ ¦¦spoiler¦¦"),
    ],
)
def test_plain_text_is_only_text_elsewhere(text: str, shown: str) -> None:
    assert defuse(text) == shown
