"""What is recorded when a mail or webhook server fails, refuses, hangs, or takes a message without a word."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from flows.deliver import LONGEST_SECONDS, Destination, Outcome, open_channel, send
from flows.sinks import MailFault, MailSink, WebhookReply, WebhookSink
from tests.flows.alerts import MESSAGE, NOW, TOKENS, attempt, mail_to, slack_at


@contextmanager
def mute_server(greeting: bytes = b"") -> Iterator[int]:
    """A server that accepts, says its greeting, and then nothing for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                held.append(connection)
                connection.sendall(greeting)

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]
        for connection in held:
            connection.close()


@pytest.mark.parametrize(
    ("fault", "outcome", "words", "arrived"),
    [
        (MailFault.TRY_LATER, Outcome.FAILED, "451", 0),
        (MailFault.REFUSE, Outcome.DEAD, "550", 0),
        (MailFault.DROP, Outcome.FAILED, "before the message was handed over", 0),
        (MailFault.TAKE_AND_DROP, Outcome.UNKNOWN, "after the message was handed over", 1),
    ],
)
def test_a_mail_fault_is_told_apart(fault: MailFault, outcome: Outcome, words: str, arrived: int) -> None:
    with MailSink(faults=[fault]) as sink:
        result = attempt(mail_to(sink))
        assert (result.outcome, result.at) == (outcome, NOW)
        assert words in result.detail
        assert len(sink.received) == arrived
        assert attempt(mail_to(sink)).outcome is Outcome.SENT


def test_a_refused_recipient_does_not_keep_the_mail_from_the_others() -> None:
    refused = (("b@example.org", 450), ("c@example.org", 550))
    with MailSink(refused=refused) as sink:
        destination = mail_to(sink, "&to=a@example.org,b@example.org,c@example.org")
        result = attempt(destination)
        assert result.outcome is Outcome.SENT
        assert result.deferred == ("b@example.org",)
        assert "refused 2 of its recipients: 450, 550" in result.detail
        sink.refused = ()
        again = attempt(destination, only=result.deferred)
    assert again.outcome is Outcome.SENT
    assert [mail.recipients for mail in sink.received] == [("a@example.org",), ("b@example.org",)]


@pytest.mark.parametrize(("code", "outcome"), [(450, Outcome.FAILED), (550, Outcome.DEAD)])
def test_a_mail_that_nobody_may_get_is_not_sent(code: int, outcome: Outcome) -> None:
    with MailSink(refused=(("desk@example.org", code),)) as sink:
        assert attempt(mail_to(sink)).outcome is outcome
    assert not sink.received


@pytest.mark.parametrize(
    ("reply", "outcome", "wait"),
    [
        (WebhookReply(429, "slow down", retry_after="37"), Outcome.FAILED, 37),
        (WebhookReply(429, "", retry_after="Wed, 03 Jun 2026 09:02:00 GMT"), Outcome.FAILED, 120),
        (WebhookReply(503, "", retry_after="9999999999999"), Outcome.FAILED, 86_400),
        (WebhookReply(503, "", retry_after="soon"), Outcome.FAILED, None),
        (WebhookReply(500), Outcome.FAILED, None),
        (WebhookReply(403, "invalid_token"), Outcome.FAILED, None),
        (WebhookReply(302), Outcome.FAILED, None),
        (WebhookReply(400, "invalid_blocks"), Outcome.DEAD, None),
        (WebhookReply(504), Outcome.UNKNOWN, None),
        (WebhookReply(200, '{"ok": false, "error": "channel_not_found"}'), Outcome.FAILED, None),
        (WebhookReply(200, '{"ok": false, "error": "invalid_blocks"}'), Outcome.DEAD, None),
        (WebhookReply(200, '{"success": true}'), Outcome.SENT, None),
        (WebhookReply(200, "<html>sign in</html>"), Outcome.UNKNOWN, None),
        (WebhookReply(is_dropped=True), Outcome.UNKNOWN, None),
    ],
)
def test_a_slack_answer_is_told_apart(reply: WebhookReply, outcome: Outcome, wait: int | None) -> None:
    with WebhookSink(replies=[reply]) as sink:
        result = attempt(slack_at(sink))
        assert (result.outcome, result.retry_after_seconds) == (outcome, wait)
        assert len(sink.received) == 1
        assert attempt(slack_at(sink)).outcome is Outcome.SENT


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (WebhookReply(204, ""), Outcome.SENT),
        (WebhookReply(429), Outcome.FAILED),
        (WebhookReply(500), Outcome.FAILED),
        (WebhookReply(413), Outcome.DEAD),
        (WebhookReply(is_dropped=True), Outcome.UNKNOWN),
    ],
)
def test_the_answer_of_any_other_service_is_told_apart(reply: WebhookReply, outcome: Outcome) -> None:
    with WebhookSink(replies=[reply]) as sink:
        destination = Destination("hook", f"json://user:hunter22@127.0.0.1:{sink.port}/hook?retry=3")
        assert attempt(destination).outcome is outcome
    assert len(sink.received) == 1


@pytest.mark.parametrize(
    "url", ["mailto://127.0.0.1:{}?from=w@example.org", "json://127.0.0.1:{}/x", f"slack://{TOKENS}"]
)
def test_nobody_listening_is_a_failure_that_may_be_tried_again(url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    result = attempt(Destination("gone", url.format(port), endpoint=f"http://127.0.0.1:{port}"))
    assert result.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("mailto://127.0.0.1:{}?from=w@example.org&cto=0.3", Outcome.FAILED),
        ("json://127.0.0.1:{}/x?rto=0.3", Outcome.UNKNOWN),
        (f"slack://{TOKENS}?rto=0.3", Outcome.UNKNOWN),
    ],
)
def test_a_mute_server_ends_in_time(url: str, outcome: Outcome) -> None:
    with mute_server() as port:
        started = time.monotonic()
        result = attempt(Destination("mute", url.format(port), endpoint=f"http://127.0.0.1:{port}"))
    assert time.monotonic() - started < 5
    assert result.outcome is outcome


def test_a_mail_server_that_is_silent_after_the_message_may_have_taken_it() -> None:
    with MailSink(faults=[MailFault.TAKE_AND_HANG]) as sink:
        result = attempt(mail_to(sink, "&to=desk@example.org&rto=0.3"))
    assert result.outcome is Outcome.UNKNOWN
    assert len(sink.received) == 1


def test_no_waiting_time_of_a_url_reaches_beyond_the_limits() -> None:
    channel = open_channel(Destination("slow", "mailto://mail.example?from=w@example.org&cto=600&rto=600"))
    assert channel is not None
    assert 2 * channel.socket_connect_timeout + channel.socket_read_timeout < LONGEST_SECONDS < 30


@pytest.mark.parametrize(
    "url", ["mailto://127.0.0.1:{}?from=w@example.org", "json://127.0.0.1:{}/x", f"slack://{TOKENS}"]
)
def test_what_cannot_be_noted_down_is_not_handed_over(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise RuntimeError("the disk is full")

    with MailSink() as mail, WebhookSink() as hook:
        port = mail.port if url.startswith("mailto") else hook.port
        destination = Destination("desk", url.format(port), endpoint=f"http://127.0.0.1:{port}")
        result = send(MESSAGE, destination, alert_id="al-1", at=NOW, on_hand_over=fail)
        assert not [*mail.received, *hook.received]
    assert (result.outcome, result.is_ours) == (Outcome.FAILED, True)
    assert result.detail == "our own error, please report it: RuntimeError: the disk is full"
    assert capsys.readouterr().err == ""


def test_a_mail_that_apprise_encrypts_is_handed_over_too() -> None:
    handed_over: list[bool] = []
    with MailSink() as sink:
        destination = mail_to(sink, "&to=desk@example.org&pgp=encrypt")
        send(MESSAGE, destination, alert_id="al-1", at=NOW, on_hand_over=lambda: handed_over.append(True))
    assert handed_over == [True]


@pytest.mark.parametrize("before", range(40, 80, 7))
@pytest.mark.parametrize("form", ["{} is no token", '{{"ok": false, "error": "{}"}}'])
def test_no_half_of_a_secret_is_left_where_an_answer_is_cut(before: int, form: str) -> None:
    token = TOKENS.rpartition("/")[2]
    with WebhookSink(replies=[WebhookReply(200, form.format("x" * before + token))]) as sink:
        detail = attempt(slack_at(sink)).detail
    assert not [part for part in (token[:5], token[-5:]) if part in detail]
