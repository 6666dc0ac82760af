"""What arrives at real mail and webhook servers on loopback, and that nothing of it is alive or secret."""

import json
import logging
import re
from dataclasses import replace
from email.utils import getaddresses

import pytest

from flows.deliver import Destination, Outcome, check_destination, send
from flows.message_content import Message
from flows.scrubbing import scrub
from flows.sinks import MailSink, WebhookReply, WebhookSink
from tests.flows.alerts import (
    HOSTILE,
    MESSAGE,
    NOW,
    PNG,
    RENDERER,
    SHIFT,
    TOKENS,
    attempt,
    digest_of,
    hostile,
    mail_to,
    slack_at,
)

HEADERS = ["Subject", "From", "To", "Date", "Message-ID", "X-Stancewatch-Alert", "Auto-Submitted", "MIME-Version"]
HEADERS += ["Content-Type"]
NASTY = f"{HOSTILE}\n.\nQUIT "


def normal(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def test_mail_arrives_with_both_bodies_and_a_stable_key() -> None:
    with MailSink() as sink:
        assert attempt(mail_to(sink)).outcome is Outcome.SENT
        assert attempt(mail_to(sink)).outcome is Outcome.SENT
    first, second = sink.messages
    plain, page = first.get_body(("plain",)), first.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert normal(plain.get_content()) == normal(MESSAGE.text)
    assert normal(page.get_content()) == normal(MESSAGE.html)
    assert first["subject"] == MESSAGE.subject
    assert first["from"] == "Stancewatch <watch@example.org>"
    assert first["to"] == "desk@example.org"
    assert first["message-id"] == second["message-id"] == "<al-1@example.org>"
    assert first["x-stancewatch-alert"] == "al-1"
    assert first["date"] == "Wed, 03 Jun 2026 09:00:00 +0000"
    assert sink.received[0].raw.isascii()
    assert max(map(len, sink.received[0].raw.split(b"\r\n"))) < 998


def test_the_chart_travels_beside_the_page_that_shows_it() -> None:
    message = RENDERER.alert(replace(SHIFT, chart=PNG))
    with MailSink() as sink:
        assert attempt(mail_to(sink), message).outcome is Outcome.SENT
    mail = sink.messages[0]
    assert mail.get_content_type() == "multipart/alternative"
    plain, related = mail.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert related.get_content_type() == "multipart/related"
    page, image = related.iter_parts()
    assert page.get_content_type() == "text/html"
    assert image.get_content_type() == "image/png"
    assert image.get_content() == PNG
    assert image["content-id"] == f"<{message.images[0].cid}>"
    assert image.get_content_disposition() == "inline"
    assert f"cid:{message.images[0].cid}" in page.get_content()
    assert list(mail.iter_attachments()) == []
    assert sink.received[0].raw.isascii()


def test_a_copy_list_and_own_headers_are_kept_and_blind_copies_stay_blind() -> None:
    extra = "&to=a@example.org,b@example.org&cc=c@example.org&bcc=d@example.org&reply=e@example.org&%2BX-Team=policy"
    with MailSink() as sink:
        assert attempt(mail_to(sink, extra)).outcome is Outcome.SENT
    mail = sink.received[0]
    assert sorted(mail.recipients) == ["a@example.org", "b@example.org", "c@example.org", "d@example.org"]
    assert [address for _, address in getaddresses([mail.message["to"]])] == ["a@example.org", "b@example.org"]
    assert mail.message["cc"] == "c@example.org"
    assert mail.message["reply-to"] == "e@example.org"
    assert mail.message["x-team"] == "policy"
    assert b"d@example.org" not in mail.raw


def hostile_messages() -> list[Message]:
    content = replace(hostile(NASTY), quote=NASTY * 20_000, article_title=NASTY * 20_000)
    raw = Message(subject=NASTY, text=NASTY, html="<p>fixed</p>", slack_text="x", slack_blocks="[]")
    digest = replace(digest_of(content, replace(content, event_kind="theme"), text=NASTY), feed_notes=(NASTY,))
    return [RENDERER.alert(content), RENDERER.digest(digest), replace(raw, text="a\n.\nb\n..c\n")]


@pytest.mark.parametrize("number", range(3))
def test_hostile_words_add_no_header_and_no_markup_to_a_mail(number: int) -> None:
    message = hostile_messages()[number]
    with MailSink() as sink:
        sent = send(message, mail_to(sink), alert_id="x\r\nBcc: thief@example.net", at=NOW)
    assert sent.outcome is Outcome.SENT
    mail = sink.received[0]
    assert mail.recipients == ("desk@example.org",)
    assert mail.message.keys() == HEADERS
    assert not re.search(r"[\x00-\x1f\u202a-\u202e]", mail.message["subject"])
    plain, page = mail.message.get_body(("plain",)), mail.message.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert normal(plain.get_content()) == normal(message.text)
    assert "<script" not in page.get_content()
    assert len(mail.raw) < 200_000


def test_hostile_words_bring_no_slack_mention_to_life() -> None:
    with WebhookSink() as sink:
        for message in hostile_messages()[:2]:
            assert attempt(slack_at(sink), message).outcome is Outcome.SENT
    for post in sink.received:
        texts = [post.content["text"], *re.findall(r'"text": "((?:[^"\\]|\\.)*)"', json.dumps(post.content["blocks"]))]
        assert len(texts) > 3
        for text in texts:
            assert not re.search(r"<(?!https://)", text)
            assert "\\u0000" not in text
        assert "link_names" not in post.content
        assert "&lt;!channel&gt;" in post.body


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("json://127.0.0.1:{port}/hook", ("title", "message")),
        ("ntfy://127.0.0.1:{port}/topic?format=markdown", ("title", "message")),
        ("gotify://127.0.0.1:{port}/Abcdefghijklmno?format=markdown", ("title", "message")),
        ("mmost://127.0.0.1:{port}/3ccdd113474722377935511fc85d3dd4", ("text",)),
    ],
)
def test_hostile_words_come_to_life_on_no_other_service(url: str, parts: tuple[str, ...]) -> None:
    called = "@everyone @here <@U1> <!channel> <#C1> a@b.example [x](https://evil.example) ![x](y) *b* <script>"
    message = replace(MESSAGE, text=called, subject=called)
    with WebhookSink() as sink:
        assert attempt(Destination("other", url.format(port=sink.port)), message).outcome is Outcome.SENT
    for part in parts:
        shown = sink.received[0].content[part]
        assert "everyone" in shown
        assert not re.search(r"@(here|everyone|b)|<[@!#s]|\]\(|!\[|\*", shown)


def test_slack_gets_blocks_and_a_text_that_stands_alone() -> None:
    with WebhookSink() as sink:
        assert attempt(slack_at(sink)).outcome is Outcome.SENT
    post = sink.received[0]
    assert post.path == f"/services/{TOKENS}"
    assert post.header("X-Stancewatch-Alert") == "al-1"
    assert post.content["text"] == MESSAGE.slack_text
    assert post.content["blocks"] == json.loads(MESSAGE.slack_blocks)
    assert post.content["blocks"][-1]["block_id"] == "stancewatch-al-1"
    assert post.content["unfurl_links"] is False


def test_a_slack_bot_posts_to_its_channel_with_its_token() -> None:
    with WebhookSink(replies=[WebhookReply(body='{"ok": true, "channel": "C1"}')]) as sink:
        destination = Destination("bot", "slack://xoxb-1234-1234-4ddbc191d40ee098/#policy", endpoint=sink.url)
        assert attempt(destination).outcome is Outcome.SENT
    post = sink.received[0]
    assert post.path == "/services/chat.postMessage"
    assert post.header("Authorization") == "Bearer xoxb-1234-1234-4ddbc191d40ee098"
    assert post.content["channel"] == "#policy"
    assert post.content["blocks"] == json.loads(MESSAGE.slack_blocks)


def test_no_secret_reaches_a_detail_a_log_or_a_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with WebhookSink(replies=[WebhookReply(403, f"bad token {TOKENS}"), WebhookReply(500)]) as sink:
        slack = slack_at(sink)
        hook = Destination("hook", f"json://user:hunter22@127.0.0.1:{sink.port}/hook/sesame-path")
        broken = Destination("broken", "slack://TQ1JJ3T3L2/BQ1BRTD4JD/hunter22-")
        details = [attempt(place).detail for place in (slack, hook, broken)]
    shown = "\n".join([*details, *map(repr, (slack, hook, broken)), caplog.text])
    for secret in ("TQ1JJ3T3L2", "BQ1BRTD4JD", "TIiajkdnlazkcOXrIdevi7", "hunter22", "sesame"):
        assert secret not in shown
    assert "HTTP 403" in details[0]
    assert "HTTP 500" in details[1]


def test_advice_stays_whole_where_it_names_no_secret() -> None:
    with MailSink() as server:
        address = f"mailtos://user:check@127.0.0.1:{server.port}?mode=starttls&from=mail@offers.org&to=mode@login.org"
        assert attempt(Destination("mail", address)).detail == (
            "mail server offers no STARTTLS or login: *** mode= in the mail URL, before the message was handed over"
        )


@pytest.mark.parametrize(("login", "part"), [("me:gehe%C3%AFm", "password"), ("m%C3%A9:secret", "user")])
def test_a_login_that_smtp_cannot_send_is_told_by_its_part(login: str, part: str) -> None:
    detail = attempt(Destination("mail", f"mailto://{login}@127.0.0.1:1?from=a@b.org&to=c@d.org")).detail
    assert detail.startswith(f"the {part} of the mail URL holds a character that is not ASCII")
    assert not any(word in detail for word in ("geheïm", "mé", "secret"))


@pytest.mark.parametrize(
    ("url", "text", "told"),
    [
        ("mailtos://u:p%40ss%2Fw@h.org?to=a@b.org", "u h.org a@b.org p@ss/w p%40ss%2Fw", "u h.org a@b.org *** ***"),
        ("mailtos://h.org?user=me&pass=hush%25&mode=starttls", "mode starttls me hush%", "mode starttls me ***"),
        (
            "json://h.org/hook%2F1234?method=PUT&other=word",
            "method PUT other word hook 1234",
            "method PUT other *** *** ***",
        ),
        ("slack://TQ1JJ3T3L2/token/#news", "slack TQ1JJ3T3L2 token", "slack *** ***"),
    ],
)
def test_what_is_secret_in_an_address_is_struck_out(url: str, text: str, told: str) -> None:
    assert scrub(text, url) == told


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "set the environment variable"),
        ("mailto://${SMTP_USER}@x.example", "not filled in"),
        ("nonsense", "does not know"),
        ("pigeon://loft", "does not know"),
        ("slack://only-one-token", "slack://{token_a}/{token_b}/{token_c}"),
        ("mailto://", "mailto://{host}"),
        ("mailto://mail.example?from=w@example.org&to=nobody", "no valid recipient"),
        (f"slack://{TOKENS}/#one/#two", "2 targets"),
    ],
)
def test_a_wrong_destination_is_explained(url: str, words: str) -> None:
    problem = check_destination(Destination("desk", url))
    assert problem.startswith("destination 'desk' ")
    assert words in problem
    result = attempt(Destination("desk", url))
    assert (result.outcome, result.detail) == (Outcome.FAILED, problem)


@pytest.mark.parametrize(
    "url",
    [
        "mailto://user:password@mail.example?to=desk@example.org",
        "mailtos://user:password@mail.example:465?to=a@example.org,b@example.org&mode=ssl",
        f"slack://{TOKENS}",
        f"https://hooks.slack.com/services/{TOKENS}",
        "json://127.0.0.1:8080/hook",
    ],
)
def test_a_right_destination_has_no_problem(url: str) -> None:
    assert check_destination(Destination("desk", url)) == ""
