"""Looking into a mailbox: what lies there, servers that are slow, broken or hostile, and Debian's Dovecot."""

from __future__ import annotations

import dataclasses
import shutil
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from flows.alert_settings import AlertsFile, DestinationConfig
from flows.mailbox import Mailbox, Security, open_mailbox
from flows.probe import MOST_BYTES, Look, Patience, look
from flows.settings import load_settings
from tests.flows.alerts import attempt, mail_to
from tests.flows.post_office import DOVECOT, PASSWORD, USER, PostOffice, Script, dovecot

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence
    from pathlib import Path

NOW = datetime(2026, 6, 3, 9, tzinfo=UTC)
SENT, NEVER = "<al-1@example.org>", "<al-2@example.org>"
QUICK = Patience(0.3, 1.0)


def peep(office: PostOffice, ids: Sequence[str] = (SENT, NEVER), password: str = PASSWORD) -> Look:
    return look(Mailbox("127.0.0.1", office.port, Security.NONE, USER, password), ids, NOW, QUICK)


def test_what_was_sent_is_seen_since_when_and_what_was_not_is_not() -> None:
    with PostOffice() as office, office.mail:
        attempt(mail_to(office.mail))
        found = peep(office)
        assert not found.problem
        assert [(one.message_id, one.arrived_at) for one in found.sightings] == [
            (SENT, datetime(2026, 5, 26, 8, 1, tzinfo=UTC))
        ]
        assert not [line for line in office.commands if b"SELECT" in line or b"STORE" in line]
        assert any(line.endswith(b'EXAMINE "INBOX"') for line in office.commands)


@pytest.mark.parametrize(
    "date", [b'INTERNALDATE "31-Feb-2026 09:01:00 +0100"', b'INTERNALDATE "31-Dec-9999 23:59:59 -0100"', b"x"]
)
def test_a_date_that_cannot_be_is_now(date: bytes) -> None:
    with PostOffice(date=date) as office, office.mail:
        attempt(mail_to(office.mail))
        found = peep(office)
        assert [one.arrived_at for one in found.sightings] == [NOW]
        assert not found.problem


@pytest.mark.parametrize("is_plain", [True, False])
def test_a_login_that_is_refused_does_not_repeat_the_password(is_plain: bool) -> None:
    with PostOffice(is_plain=is_plain) as office:
        assert not peep(office).problem
        problem = peep(office, password='hunter2\\"').problem
        assert problem == f"127.0.0.1:{office.port}: it refused the login: check user and password"


@pytest.mark.parametrize(
    "message_id",
    ['<a"b@x>', '<a@x>" DELETED', "<a@x>\r\nx LOGOUT", "<>", "a@x", "<a b@x>", "<\udcff@x>", "<" + "a" * 999],
)
def test_only_what_can_be_a_message_id_is_asked_for(message_id: str) -> None:
    with PostOffice() as office:
        assert peep(office, [message_id, SENT]) == Look()
        searches = [line.partition(b" ")[2] for line in office.commands if b"SEARCH" in line]
        assert searches in (
            [b'UID SEARCH HEADER Message-ID "<al-1@example.org>"'],
            [b'UID SEARCH HEADER Message-ID "<a\\"b@x>"', b'UID SEARCH HEADER Message-ID "<al-1@example.org>"'],
        )


def say(*parts: bytes, then_hang: bool = True) -> Script:
    """Say these things, each once something was asked (the first at once), then fall silent or close."""

    def script(connection: socket.socket) -> None:
        for number, part in enumerate(parts):
            asked = connection.recv(4096) if number else b""
            connection.sendall(part.replace(b"TAG", asked.split(b" ", 1)[0]))
        if then_hang:
            connection.recv(4096)
            threading.Event().wait(3)

    return script


def flood(piece: bytes, start: bytes = b"") -> Script:
    def script(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(4 * MOST_BYTES // len(piece)):
            connection.sendall(piece)

    return script


def drip(connection: socket.socket) -> None:
    connection.sendall(b"* OK ")
    for _ in range(100):
        connection.sendall(b"x")
        threading.Event().wait(0.05)


GREETING, CAPABLE = b"* OK hello\r\n", b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n"
IN, OPEN = b"TAG OK in\r\n", b"* 1 EXISTS\r\nTAG OK open\r\n"
HOSTILE = {
    "silent": (say(), "no answer in time"),
    "silent later": (say(GREETING, CAPABLE), "no answer in time"),
    "silent at the end": (say(GREETING, CAPABLE, IN, OPEN), "no answer in time"),
    "closes": (say(then_hang=False), "the server's answer is no IMAP"),
    "closes later": (say(GREETING, CAPABLE, IN, then_hang=False), "the server's answer is no IMAP"),
    "goodbye": (say(b"* BYE go away\r\n", then_hang=False), "the server's answer is no IMAP"),
    "another protocol": (say(b"220 mail ESMTP ready\r\n"), "the server's answer is no IMAP"),
    "old": (say(GREETING, b"* CAPABILITY IMAP2\r\nTAG OK done\r\n"), "the server's answer is no IMAP"),
    "no text": (say(b"\xff\xfe\x00\x00" * 9 + b"\r\n"), "the server's answer is no IMAP"),
    "odd capability": (say(GREETING, b"* CAPABILITY {3}\r\nabc\r\nTAG OK done\r\n"), "the server's answer is no IMAP"),
    "a line without end": (flood(b"A" * 65536), "the server's answer is no IMAP"),
    "lines without end": (flood(b"* OK " + b"A" * 60_000 + b"\r\n", GREETING), "more than any answer needs"),
    "a huge literal": (say(GREETING, b"* X {99999999999}\r\n"), "more than any answer needs"),
    "an impossible literal": (say(GREETING, b"* X {" + b"9" * 5000 + b"}\r\n"), "the server's answer is no IMAP"),
    "drop by drop": (drip, "no end of its answers within 1 s"),
    "no mailbox": (say(GREETING, CAPABLE, IN, b"TAG NO such\r\n"), "there is no mailbox 'INBOX'"),
    "no search": (say(GREETING, CAPABLE, IN, OPEN, b"TAG NO such\r\n"), "it does not search by header"),
    "searching": (say(GREETING, CAPABLE, IN, OPEN, b"* SEARCH <b>1</b>\r\nTAG OK\r\n"), ""),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_server_that_is_broken_or_hostile_costs_a_line_and_a_second(name: str) -> None:
    script, words = HOSTILE[name]
    with PostOffice(script=script) as office:
        began = time.monotonic()
        found = peep(office)
        assert time.monotonic() - began < 2.5
        assert not found.sightings
        assert words in found.problem
        assert PASSWORD not in found.problem
        assert len(found.problem) < 200


def test_nobody_there() -> None:
    with PostOffice() as office:
        pass
    assert "connection refused" in peep(office).problem


def configured(home: Path, probe: str, **secrets: str) -> tuple[Mailbox | None, str]:
    (home / "alerts.yml").write_text("{}")
    settings = load_settings({"STANCEWATCH_CONFIG": str(home), "STANCEWATCH_HOME": str(home / "data"), **secrets})
    alerts = AlertsFile(destinations={"desk": DestinationConfig("mailto://x", probe=probe)})
    return open_mailbox(dataclasses.replace(settings, alerts=alerts), "desk")


@pytest.mark.parametrize(
    ("probe", "words"),
    [
        ("pop3://u:p@host/", "must begin with imaps://"),
        ("imap://u:p@mail.example.org/INBOX", "would send its password in the clear"),
        ("imaps://${NOBODY}:p@mail.example.org/INBOX", "needs NOBODY in the environment"),
        ("imaps://mail.example.org/INBOX", "names no host or no user"),
        ("imaps://u:p@mail.example.org:x/INBOX", "impossible host or port"),
        ("imaps://u:p@mail.example.org/Caf%C3%A9", "impossible character"),
        ("imaps://u:${LINES}@mail.example.org/INBOX", "impossible character"),
    ],
)
def test_a_probe_that_cannot_be_used_says_so_without_its_secret(tmp_path: Path, probe: str, words: str) -> None:
    mailbox, problem = configured(tmp_path, probe, LINES="hunter2\r\nx")
    assert mailbox is None
    assert problem.startswith("the probe of destination 'desk' ")
    assert words in problem
    assert "hunter2" not in problem


def test_a_probe_is_read_with_its_secrets_and_shows_none(tmp_path: Path) -> None:
    secret = "p@ss/w:o#r?d%41"
    mailbox, _ = configured(tmp_path, "imaps://${Name}:${WORD}@Mail.Example.org/Alerts%20in", Name="me@x", WORD=secret)
    assert mailbox == Mailbox("mail.example.org", 993, Security.TLS, "me@x", secret, "Alerts in")
    assert secret not in repr(mailbox)
    assert "me@x" not in repr(mailbox)
    mailbox, _ = configured(tmp_path, "imap://u:p@mail.example.org?starttls")
    assert mailbox
    assert (mailbox.security, mailbox.port, mailbox.folder) == (Security.STARTTLS, 143, "INBOX")


@pytest.mark.skipif(DOVECOT is None or not shutil.which("openssl"), reason="needs Debian's dovecot-imapd and openssl")
def test_dovecot_with_tls_and_without_leaves_the_mail_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    with PostOffice() as office, office.mail, dovecot() as (folder, plain, tls):
        attempt(mail_to(office.mail))
        mail = folder / "mail" / "new" / "1.x"
        mail.write_bytes(office.mail.received[0].raw)
        now = datetime.now(UTC) + timedelta(minutes=1)

        def see(host: str, port: int, security: Security, password: str = PASSWORD) -> Look:
            return look(Mailbox(host, port, security, USER, password), [SENT, NEVER], now)

        assert "CERTIFICATE_VERIFY_FAILED" in see("localhost", tls, Security.TLS).problem
        assert "CERTIFICATE_VERIFY_FAILED" in see("localhost", plain, Security.STARTTLS).problem
        assert "it refused the login" in see("127.0.0.1", plain, Security.NONE, "wrong").problem
        monkeypatch.setenv("SSL_CERT_FILE", str(folder / "cert.pem"))
        looks = [see("127.0.0.1", plain, Security.NONE), see("localhost", plain, Security.STARTTLS)]
        looks.append(see("localhost", tls, Security.TLS))
        for found in looks:
            assert not found.problem
            assert [one.message_id for one in found.sightings] == [SENT]
            assert now - timedelta(minutes=5) < found.sightings[0].arrived_at < now
        assert mail.exists()
