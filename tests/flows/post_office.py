"""Mailboxes on loopback for probes to look into: a small IMAP server of our own, bad ones, and Debian's Dovecot."""

from __future__ import annotations

import base64
import contextlib
import os
import pwd
import re
import shutil
import socket
import socketserver
import subprocess
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from flows.sinks import MailSink

if TYPE_CHECKING:
    from collections.abc import Iterator

USER, PASSWORD = "probe", 'se"cret\\ #1'
DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
Script = Callable[[socket.socket], None]
_DATE = b'INTERNALDATE "26-May-2026 09:01:00 +0100"'


@dataclass
class PostOffice:
    """An IMAP server that holds what a mail sink took; ``script`` takes the place of all that it would say."""

    mail: MailSink = field(default_factory=MailSink)
    script: Script | None = None
    commands: list[bytes] = field(default_factory=list)
    is_plain: bool = True
    date: bytes = _DATE

    def __enter__(self) -> Self:
        office = self

        class Handler(socketserver.StreamRequestHandler):
            timeout = 30

            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    if office.script is not None:
                        office.script(self.connection)
                    else:
                        office.serve(self)

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.port: int = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def probe(self) -> str:
        """As a destination names it."""
        return f"imap://${{IMAP_USER}}:${{IMAP_PASSWORD}}@127.0.0.1:{self.port}/INBOX"

    def serve(self, session: socketserver.StreamRequestHandler) -> None:
        """Answer commands until the client says goodbye."""
        session.wfile.write(b"* OK ready\r\n")
        while line := session.rfile.readline():
            self.commands.append(line.strip())
            tag, _, command = line.strip().partition(b" ")
            if command.upper() == b"AUTHENTICATE PLAIN":
                session.wfile.write(b"+ \r\n")
                login = base64.b64decode(session.rfile.readline())
                is_right = login == f"\0{USER}\0{PASSWORD}".encode()
                answer = [b"OK in" if is_right else b"NO wrong: " + login]
            else:
                answer = self.answer(command)
            session.wfile.write(
                b"".join(b"* " + said + b"\r\n" for said in answer[:-1]) + tag + b" " + answer[-1] + b"\r\n"
            )

    def answer(self, command: bytes) -> list[bytes]:
        """Untagged lines, then the tagged one."""
        ids = [str(message["Message-ID"]).encode() for message in self.mail.messages]
        match command.split(b" ")[0].upper(), command:
            case b"CAPABILITY", _:
                return [b"CAPABILITY IMAP4rev1" + (b" AUTH=PLAIN" if self.is_plain else b""), b"OK done"]
            case b"LOGIN", _:
                login = f'LOGIN "{USER}" "{PASSWORD.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}"'
                return [b"OK in" if command == login.encode() else b"NO wrong"]
            case b"EXAMINE", b'EXAMINE "INBOX"':
                return [b"%d EXISTS" % len(ids), b"OK [READ-ONLY] done"]
            case b"UID", _ if found := re.fullmatch(rb'UID SEARCH HEADER Message-ID "(.*)"', command):
                uids = b" ".join(str(uid).encode() for uid, one in enumerate(ids, start=1) if one == found[1])
                return [b"SEARCH " + uids if uids else b"SEARCH", b"OK done"]
            case b"UID", _:
                return [b"1 FETCH (UID 1 " + self.date + b")", b"OK done"]
        return [b"NO cannot " + command]


@contextlib.contextmanager
def dovecot() -> Iterator[tuple[Path, int, int]]:
    """Debian's Dovecot: a folder with cert.pem and, in mail/, `USER`'s mailbox; its ports without TLS and with it."""
    assert DOVECOT
    is_root = os.getuid() == 0
    own = pwd.getpwuid(os.getuid()).pw_name
    login, inner, owner = ("dovenull", "dovecot", "mail") if is_root else (own, own, own)
    with tempfile.TemporaryDirectory() as name:
        folder, ports = Path(name), _free_ports()
        folder.chmod(0o755)
        subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, *files]
        subprocess.run(make, check=True, capture_output=True)  # noqa: S603 - ours
        for part in ("mail", "mail/new", "mail/cur", "mail/tmp"):
            (folder / part).mkdir()
            shutil.chown(folder / part, owner)
        person = pwd.getpwnam(owner)
        (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}:{person.pw_uid}:{person.pw_gid}\n")
        config = _CONFIG.format(folder=folder, plain=ports[0], tls=ports[1], login=login, inner=inner)
        (folder / "dovecot.conf").write_text(config)
        command = [DOVECOT, "-F", "-c", str(folder / "dovecot.conf")]
        process = subprocess.Popen(command, stderr=subprocess.PIPE)  # noqa: S603 - Debian's own
        try:
            _wait_for(ports[1], process)
            yield folder, *ports
        finally:
            process.terminate()
            process.communicate(timeout=20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.1):
            return
        threading.Event().wait(0.05)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
first_valid_uid = 0
first_valid_gid = 0
default_internal_user = {inner}
default_internal_group = {inner}
default_login_user = {login}
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = passwd-file
  args = {folder}/users
}}
"""
