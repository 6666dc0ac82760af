"""The loopback receivers keep what they get, do what they are told, and stop."""

import smtplib
import socket
import time
from pathlib import Path

import httpx
import pytest

from flows.sinks import MailFault, MailSink, WebhookReply, WebhookSink

MAIL = "From: a@example.org\r\nTo: b@example.org\r\nSubject: hello\r\n\r\nwords\r\n"


def post_mail(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
        client.sendmail("a@example.org", ["b@example.org"], MAIL)


def post_json(sink: WebhookSink) -> httpx.Response:
    return httpx.post(sink.url + "/x", json={"a": 1}, headers={"X-Key": "k"}, timeout=5, trust_env=False)


def is_open(port: int) -> bool:
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0


def test_a_mail_is_kept_parsed_and_on_disk(tmp_path: Path) -> None:
    with MailSink(folder=tmp_path / "mail") as sink:
        post_mail(sink.port)
        post_mail(sink.port)
    mail = sink.received[0]
    assert (mail.sender, mail.recipients, mail.message["subject"]) == ("a@example.org", ("b@example.org",), "hello")
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.name for file in files] == ["0001.eml", "0002.eml"]
    assert files[0].read_bytes() == mail.raw


def test_a_mail_sink_does_its_faults_once_and_in_turn() -> None:
    with MailSink(faults=[MailFault.TRY_LATER, MailFault.TAKE_AND_DROP]) as sink:
        with pytest.raises(smtplib.SMTPDataError):
            post_mail(sink.port)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            post_mail(sink.port)
        post_mail(sink.port)
    assert len(sink.received) == 2


def test_a_mail_sink_says_when_its_port_is_taken() -> None:
    with MailSink() as sink, pytest.raises(OSError, match="in use"), MailSink(port=sink.port):
        pass


def test_a_webhook_is_kept_with_path_headers_and_body() -> None:
    with WebhookSink() as sink:
        assert post_json(sink).text == "ok"
    post = sink.received[0]
    assert (post.path, post.content, post.header("X-Key"), post.header("absent")) == ("/services/x", {"a": 1}, "k", "")


def test_a_webhook_sink_does_its_replies_once_and_in_turn() -> None:
    with WebhookSink(replies=[WebhookReply(429, "slow", retry_after="3"), WebhookReply(is_dropped=True)]) as sink:
        answer = post_json(sink)
        assert (answer.status_code, answer.headers["Retry-After"], answer.text) == (429, "3", "slow")
        with pytest.raises(httpx.RemoteProtocolError):
            post_json(sink)
        assert post_json(sink).text == "ok"
    assert len(sink.received) == 3


@pytest.mark.parametrize("kind", [MailSink, WebhookSink])
def test_a_sink_stops_when_left_and_by_itself(kind: type[MailSink | WebhookSink]) -> None:
    with kind() as sink:
        assert is_open(sink.port)
    assert not is_open(sink.port)
    with kind(lifetime_seconds=0.2) as brief:
        deadline = time.monotonic() + 5
        while is_open(brief.port) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not is_open(brief.port)


def test_a_sink_listens_on_loopback_only() -> None:
    with WebhookSink() as sink:
        assert sink.url.startswith("http://127.0.0.1:")
        other = socket.gethostbyname(socket.gethostname())
        if not other.startswith("127."):
            with socket.socket() as client:
                client.settimeout(1)
                assert client.connect_ex((other, sink.port)) != 0
