"""apprise's mail plugin, with both of our bodies, one transaction for all recipients, and an answer worth recording.

apprise sends HTML with a plain text of its own making, one message a recipient, and says only yes or no. Its reading
of the URL, its provider defaults and its dispatch stay; the message and the SMTP transaction are ours.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Final

from apprise import NotifyType
from apprise.plugins.email import NotifyEmail

from flows.message_content import Message
from flows.outcome import Outcome, Reply, describe_error, judge_smtp
from flows.wording import clean_line

if TYPE_CHECKING:
    from apprise import AppriseAttachment

HAND_OVER_SECONDS: Final = 16.0
"""Latest start of the handing over: what is slower until then is certainly not delivered."""
GOODBYE_SECONDS: Final = 1.0
_UNFOLDED: Final = SMTP_POLICY.clone(max_line_length=300)
"""The standard library folds a plain subject behind an empty first line, which some programs show as a space."""
_OK: Final = frozenset({250, 251})
_PERMANENT: Final = 500
_GO_AHEAD: Final = 354
_CLOSING: Final = 421
_NO_PGP: Final = "no"
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")


class ImpossibleLoginError(ValueError):
    """smtplib cannot send a user or password; the text says which and what to do, and holds neither."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What one attempt sends: the message, its alert, when, and to whom of the destination (empty: to all).

    ``hand_over`` is called when all is ready and the next byte may be taken: what goes wrong before never arrived. It
    raises TimeoutError where it is too late to send. ``cover`` takes the destination's secrets out of what it says.
    """

    message: Message
    alert_id: str
    at: datetime
    only: tuple[str, ...] = ()
    hand_over: Callable[[], None] = lambda: None
    cover: Callable[[str], str] = field(repr=False, default=lambda text: text)


class MailChannel(NotifyEmail):  # type: ignore[no-untyped-call]  # apprise is typed in part
    """One mail destination for one attempt; ``reply`` holds what came of it."""

    letter: Letter
    reply: Reply | None = None
    is_handed_over = False

    def send(
        self,
        body: str,
        title: str = "",
        notify_type: NotifyType = NotifyType.INFO,
        attach: AppriseAttachment | None = None,
        **options: Any,
    ) -> bool:
        """Send ``letter``, in place of apprise's text and title.

        Messages to be signed or encrypted are left to apprise, which composes them with a text of its own.
        """
        if self.pgp_mode != _NO_PGP:
            body, title = self.letter.message.html, self.letter.message.subject
            self.letter.hand_over()
            return bool(super().send(body, title, notify_type, attach, **options))  # type: ignore[no-untyped-call]  # see above
        self.reply = self._deliver()
        return self.reply.outcome is Outcome.SENT

    @property
    def sender(self) -> str:
        """The address that the mail comes from."""
        return str(self.from_addr[1])

    def recipients(self) -> tuple[str, ...]:
        """The addresses that this attempt is for."""
        everyone = dict.fromkeys([*(address for _, address in self.targets), *sorted(self.cc), *sorted(self.bcc)])
        return tuple(address for address in everyone if not self.letter.only or address in self.letter.only)

    def header_id(self, alert_id: str) -> str:
        """The Message-ID of the mail about ``alert_id``, the same for a repeat."""
        return f"<{_key(alert_id)}@{self.sender.rpartition('@')[2]}>"

    def compose(self) -> EmailMessage:
        """The message with both bodies, a Message-ID that stays the same for a repeat, and the alert's id."""
        letter = self.letter
        key = _key(letter.alert_id)
        mail = EmailMessage(policy=SMTP_POLICY)
        mail["Subject"] = clean_line(letter.message.subject, 250)
        mail["From"] = Address(str(self.from_addr[0] or self.app_id), addr_spec=self.sender)
        mail["To"] = [Address(str(named or ""), addr_spec=to) for named, to in self.targets]
        if self.cc:
            mail["Cc"] = [Address(str(self.names.get(to) or ""), addr_spec=to) for to in sorted(self.cc)]
        if self.reply_to:
            mail["Reply-To"] = [Address(str(self.names.get(to) or ""), addr_spec=to) for to in sorted(self.reply_to)]
        mail["Date"] = format_datetime(letter.at)
        mail["Message-ID"] = self.header_id(letter.alert_id)
        mail["X-Stancewatch-Alert"] = key
        mail["Auto-Submitted"] = "auto-generated"
        for header, value in self.headers.items():
            if _HEADER.fullmatch(header) and header not in mail:
                mail[header] = clean_line(value, 500)
        mail.set_content(letter.message.text, cte="quoted-printable")
        mail.add_alternative(letter.message.html, subtype="html", cte="quoted-printable")
        _add_images(mail, letter.message)
        return mail

    def _deliver(self) -> Reply:
        server: smtplib.SMTP | None = None
        latest = time.monotonic() + HAND_OVER_SECONDS
        try:
            mail = self.compose()
            content = mail.as_bytes(policy=_UNFOLDED if mail["Subject"].isascii() else SMTP_POLICY)
            server = self._connect()
            return self._hand_over(server, content, latest)
        except (OSError, ValueError) as error:  # smtplib's errors are OSErrors too
            return _judge_error(error, "after" if self.is_handed_over else "before")
        finally:
            if server is not None:
                _say_goodbye(server)

    def try_login(self) -> str:
        """Connect and log in as for a message, and leave; why that is not possible, empty if it is. Nothing is sent."""
        try:
            _say_goodbye(self._connect())
        except (OSError, ValueError) as error:
            return _explain(error)
        return ""

    def _connect(self) -> smtplib.SMTP:
        self._refuse_impossible_login()
        wait = self.socket_connect_timeout
        context = ssl.create_default_context()
        if not self.verify_certificate:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        server: smtplib.SMTP
        if self.secure_mode == "ssl":
            server = smtplib.SMTP_SSL(self.smtp_host, self.port or 0, timeout=wait, context=context)
        else:
            server = smtplib.SMTP(self.smtp_host, self.port or 0, timeout=wait)
        if self.secure_mode == "starttls":
            server.starttls(context=context)
        if self.user and self.password:
            server.login(self.user, self.password)
        server.ehlo_or_helo_if_needed()
        return server

    def _refuse_impossible_login(self) -> None:
        for part, text in (("user", self.user), ("password", self.password)):
            if text and not text.isascii():
                raise ImpossibleLoginError(
                    f"the {part} of the mail URL holds a character that is not ASCII, which does not go over the wire:"
                    f" choose a {part} of ASCII characters"
                )

    def _hand_over(self, server: smtplib.SMTP, content: bytes, latest: float) -> Reply:
        """One SMTP transaction; like smtplib's, but it knows when the message has left our hands."""
        sender, recipients = self.sender, self.recipients()
        code, said = server.mail(sender, [f"size={len(content)}"] if server.has_extn("size") else [])
        if code not in _OK:
            raise smtplib.SMTPSenderRefused(code, said, sender)
        refused: dict[str, tuple[int, bytes]] = {}
        for address in recipients:
            code, said = server.rcpt(address)
            if code not in _OK:
                refused[address] = (code, said)
            if code == _CLOSING:
                break
        if code == _CLOSING or len(refused) == len(recipients):
            raise smtplib.SMTPRecipientsRefused(refused)
        if time.monotonic() > latest:
            raise TimeoutError
        code, said = server.docmd("DATA")
        if code != _GO_AHEAD:
            raise smtplib.SMTPDataError(code, said)
        _limit(server, self.socket_read_timeout)
        self.letter.hand_over()
        self.is_handed_over = True
        server.send(re.sub(rb"(?m)^\.", b"..", content).removesuffix(b"\r\n") + b"\r\n.\r\n")
        code, said = server.getreply()
        if code not in _OK:
            raise smtplib.SMTPDataError(code, said)
        return _accepted(refused)


def _add_images(mail: EmailMessage, message: Message) -> None:
    """Put the pictures that the HTML names beside it, as one multipart/related, so that none shows as an attachment."""
    page = mail.get_body(("html",))
    if page is None or not message.images:
        return
    for number, image in enumerate(message.images, start=1):
        page.add_related(
            image.png, "image", "png", cid=f"<{image.cid}>", disposition="inline", filename=f"chart-{number}.png"
        )


def _key(alert_id: str) -> str:
    """An id of ours as headers may hold it."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", alert_id)[:120] or "message"


def _say_goodbye(server: smtplib.SMTP) -> None:
    """Close the connection politely, as far as there is one and it answers: the outcome is known already."""
    with contextlib.suppress(OSError):
        if server.sock is not None:
            _limit(server, GOODBYE_SECONDS)
            server.quit()
    server.close()


def _limit(server: smtplib.SMTP, seconds: float) -> None:
    """Bound the wait for the server's next word."""
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _accepted(refused: dict[str, tuple[int, bytes]]) -> Reply:
    if not refused:
        return Reply(Outcome.SENT, "mail server took the message")
    deferred = tuple(address for address, (code, _) in refused.items() if code < _PERMANENT)
    refused_for_good = tuple(address for address in refused if address not in deferred)
    codes = ", ".join(str(code) for code, _ in refused.values())
    return Reply(
        Outcome.SENT,
        f"mail server took the message but refused {len(refused)} of its recipients: {codes}",
        None,
        deferred,
        refused_for_good,
    )


def _judge_error(error: Exception, stage: str) -> Reply:
    """The outcome behind an error; ``stage`` is "before" or "after" the message was handed over."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = min(error.recipients.values(), default=(550, b"there is none to send to"))
        return judge_smtp(code, said, "every recipient")
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError) and error.smtp_code > 0:
        part = "the sender" if isinstance(error, smtplib.SMTPSenderRefused) else "the message"
        return judge_smtp(error.smtp_code, error.smtp_error, part)
    detail = f"{_explain(error)}, {stage} the message was handed over"
    return Reply(Outcome.UNKNOWN if stage == "after" else Outcome.FAILED, detail)


def _explain(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"mail server refused the login ({error.smtp_code}): check user and password"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "mail server offers no STARTTLS or login: check mode= in the mail URL"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"mail server answered {error.smtp_code}"
    if isinstance(error, ssl.SSLError):
        return f"mail server's TLS is not accepted ({error.reason}): check its certificate and mode= in the mail URL"
    if isinstance(error, ValueError):
        is_ours = isinstance(error, ImpossibleLoginError)
        return str(error) if is_ours else "an address of the mail URL holds an impossible character"
    return describe_error(error)
