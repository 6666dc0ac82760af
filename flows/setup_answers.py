"""What `stancewatch init` needs to know, from flags or from the person at the terminal, checked as it is given."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from flows.config_file import UsageError
from flows.contact import KINDS_OF_CONTACT, contact_in
from flows.secret_values import read_secret
from flows.slack_channel import is_webhook

if TYPE_CHECKING:
    from collections.abc import Callable

_ADDRESS: Final = re.compile(r"[^\s@,?&=<>\"']+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_HOST: Final = re.compile(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?")
_SSL_PORT, _PLAIN_PORT, _USUAL_PORT = 465, 25, 587
_HIGHEST_PORT: Final = 65_535
SHIPPED: Final = "shipped"
NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret by name; it stands in the file of settings if it was typed, else it stays where it is."""

    name: str
    typed: str = field(default="", repr=False)
    file: str = ""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and the login there, if it asks for one."""

    host: str
    port: int
    user: str = ""
    password: Secret | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing is encrypted: to this machine, or to a relay that asks for no password."""
        return _is_this_machine(self.host) or (self.port == _PLAIN_PORT and not self.user)

    @property
    def is_tls(self) -> bool:
        """Whether TLS comes first, and not by STARTTLS."""
        return self.port == _SSL_PORT and not self.is_plain


@dataclass(frozen=True, slots=True)
class Answers:
    """What is to be set up: mail, Slack, any other service, or nothing yet; which feeds are watched, and by whom."""

    feeds: str = SHIPPED
    mail_to: tuple[str, ...] = ()
    mail_from: str = ""
    server: MailServer | None = None
    slack: Secret | None = None
    other: Secret | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line says; empty is what it does not say."""

    mail_to: str = ""
    mail_from: str = ""
    smtp: str = ""
    smtp_user: str = ""
    smtp_password: Secret | None = None
    slack: Secret | None = None
    other: Secret | None = None
    feeds: str = ""
    contact: str = ""

    @property
    def has_destination(self) -> bool:
        """Whether somebody is to be told."""
        return bool(self.mail_to or self.slack or self.other)


def named_secret(variable: str, file: Path | None, flag: str, own_name: str) -> Secret | None:
    """A secret that the command line names, by its variable or its file; None where it names none.

    Raises:
        UsageError: it is named twice, or it is not there.
    """
    if variable and file:
        raise UsageError(f"{flag}-env and {flag}-file name two sources; give one")
    if variable:
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", variable):
            raise UsageError(f"{flag}-env takes the name of a variable, not its value")
        value, problem = read_secret(os.environ, variable)
        if not value:
            raise UsageError(
                f"{flag}-env {variable}: {problem or 'is not set in the environment'}; set it, then repeat"
            )
        return Secret(variable)
    if file:
        _, problem = read_secret({f"{own_name}_FILE": str(file)}, own_name)
        if problem:
            raise UsageError(f"{flag}-file {file}: {problem.rpartition(': ')[2]}")
        return Secret(own_name, file=str(file.absolute()))
    return None


def answers_of(flags: Flags, *, is_asking: bool) -> Answers:
    """What the flags say, and where they do not, what somebody at the terminal says (``is_asking``) or what is usual.

    Raises:
        UsageError: an answer cannot be, or one is missing that nobody can be asked for.
    """
    if is_asking and not flags.has_destination:
        flags = _ask_destination(flags)
    server = _mail_server(flags, is_asking=is_asking) if flags.mail_to else None
    to = tuple(read_addresses(flags.mail_to).split(",")) if flags.mail_to else ()
    own = server.user if server and _ADDRESS.fullmatch(server.user) else ""
    sender = flags.mail_from or own or "".join(to[:1])
    contact = read_contact(flags.contact)
    feeds = flags.feeds
    if is_asking and not feeds:
        feeds = _ask("Feeds: shipped, none, or the path of an OPML file", read_feeds, SHIPPED)
    feeds = read_feeds(feeds or SHIPPED)
    mail_from = read_addresses(sender) if sender else ""
    return Answers(feeds, to, mail_from, server, flags.slack, flags.other, contact)


def _ask_destination(flags: Flags) -> Flags:
    kind = _ask("Where should alerts go: mail, slack, other or none", _one_of("mail", "slack", "other", NONE), "mail")
    if kind == "slack":
        address = _ask_hidden("Address of the Slack webhook", read_webhook)
        return replace(flags, slack=Secret("SLACK_WEBHOOK", address))
    if kind == "other":
        address = _ask_hidden("Its apprise address, such as tgram://…", read_any)
        return replace(flags, other=Secret("ALERTS_URL", address))
    return (
        replace(flags, mail_to=_ask("Mail address that gets the alerts", read_addresses)) if kind == "mail" else flags
    )


def _mail_server(flags: Flags, *, is_asking: bool) -> MailServer:
    smtp, user, password = flags.smtp, flags.smtp_user, flags.smtp_password
    if not smtp:
        if not is_asking:
            raise UsageError("--mail-to needs --smtp HOST or HOST:PORT, the mail server that takes your mail")
        smtp = _ask("Mail server, as host or host:port", lambda text: text if read_server(text) else "")
        user = user or _ask("User there (empty: it asks for none)", read_any, "")
    if user and password is None:
        if not is_asking:
            raise UsageError("--smtp-user needs --smtp-password-env NAME or --smtp-password-file FILE")
        password = Secret("SMTP_PASSWORD", _ask_hidden("Its password", read_any))
    host, port = read_server(smtp)
    return MailServer(host, port or (_PLAIN_PORT if not user else _USUAL_PORT), user, password)


def read_addresses(text: str) -> str:
    """Mail addresses with commas.

    Raises:
        UsageError: one is none.
    """
    addresses = [part.strip() for part in text.split(",")]
    for address in addresses:
        if not _ADDRESS.fullmatch(address):
            raise UsageError(f"{address!r} is no mail address; write name@example.org")
    return ",".join(addresses)


def read_server(text: str) -> tuple[str, int]:
    """A host and its port; 0 where none is named.

    Raises:
        UsageError: it is none.
    """
    found = _HOST.fullmatch(text.strip())
    if not found or int(found[2] or 1) > _HIGHEST_PORT or found[2] == "0":
        raise UsageError(f"{text!r} is no mail server; write its host, or host:port such as smtp.example.org:587")
    return found[1], int(found[2] or 0)


def read_webhook(text: str) -> str:
    """The address of a webhook as Slack gives it.

    Raises:
        UsageError: it is none; it is not repeated, being a secret.
    """
    if not is_webhook(text):
        raise UsageError("that is no Slack webhook; it looks like https://hooks.slack.com/services/T…/B…/…")
    return text.strip()


def read_any(text: str) -> str:
    """Any text of one line."""
    return text.strip()


def read_contact(text: str) -> str:
    """Whom publishers may ask, if anybody is named.

    Raises:
        UsageError: it is no address.
    """
    if text and not contact_in(text):
        raise UsageError(f"--contact {text}: must be {KINDS_OF_CONTACT}")
    return text.strip()


def read_feeds(text: str) -> str:
    """`shipped`, `none`, or a file that is there.

    Raises:
        UsageError: it is none of these.
    """
    if text not in {SHIPPED, NONE} and not Path(text).is_file():
        raise UsageError(f"--feeds {text}: no such file; write shipped, none, or the path of an OPML file")
    return text


def _one_of(*known: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise UsageError(f"{text!r} is none of these: {', '.join(known)}")
        return text

    return read


def _ask(question: str, read: Callable[[str], str], usual: str | None = None) -> str:
    """Ask until the answer can be; a wrong one costs a line, not all that was answered."""
    while True:
        try:
            return read(str(typer.prompt(question, default=usual, show_default=bool(usual))))
        except UsageError as error:
            typer.echo(f"  {error}")


def _ask_hidden(question: str, read: Callable[[str], str]) -> str:
    while True:
        try:
            return read(str(typer.prompt(f"{question} (not shown)", hide_input=True)))
        except UsageError as error:
            typer.echo(f"  {error}")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
