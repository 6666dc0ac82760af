"""`make pictures`: the README's pictures, by headless Chromium.

Messages are invented news (`samples`), drawn as they arrived at a mail server and a Slack host on this machine; the
query is answered by a fresh demo.
"""

from __future__ import annotations

import asyncio
import base64
import html
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

from flows.chart import draw_history
from flows.deliver import Destination, Outcome, send
from flows.render import Renderer
from flows.sinks import MailSink, WebhookSink
from flows.workers import WorkerPool
from tests.pictures.browser import Browser
from tests.pictures.samples import AT, DIGEST, HEARTBEAT, SHIFT, SUMMARY
from tests.pictures.slack_page import slack_page

if TYPE_CHECKING:
    from flows.message_content import Message

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
QUERY = "demo_new_stances"
DESK, PHONE, SLACK, TERMINAL = 700, 390, 720, 1100
TOKENS = "TDEMO00000/BDEMO00000/demo00000000000000000000"


def main() -> None:
    """Draw every picture of the README."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        browser, render = Browser(home), Renderer()
        alert = render.alert(replace(SHIFT, chart=asyncio.run(chart())))
        browser.draw(mailed(alert), IMAGES / "alert-mail.png", DESK)
        browser.draw(mailed(alert), IMAGES / "alert-mail-phone.png", PHONE, is_dark=True)
        browser.draw(mailed(render.digest(DIGEST)), IMAGES / "digest-mail.png", DESK)
        browser.draw(mailed(render.summary(SUMMARY)), IMAGES / "summary-mail-phone.png", PHONE)
        browser.draw(mailed(render.heartbeat(HEARTBEAT)), IMAGES / "heartbeat-mail-phone.png", PHONE)
        browser.draw(posted(alert), IMAGES / "alert-slack.png", SLACK)
        browser.draw(terminal(queried(home / "demo")), IMAGES / "query.png", TERMINAL)


async def chart() -> bytes:
    """The picture of the sample's history."""
    async with WorkerPool(ROOT / "config", 1) as pool:
        return await draw_history(pool, SHIFT.history, SHIFT.person)


def mailed(message: Message) -> str:
    """The page of a mail as it arrived, its pictures put where it names them."""
    with MailSink() as sink:
        url = f"mailto://127.0.0.1:{sink.port}?from=watch@example.org&to=desk@example.org"
        assert send(message, Destination("desk", url), alert_id="picture", at=AT).outcome is Outcome.SENT
        mail = sink.messages[0]
    body = mail.get_body(("html",))
    assert body is not None
    page = str(body.get_content())
    for part in mail.walk():
        if part.get_content_maintype() == "image" and isinstance(part, EmailMessage):
            data = base64.b64encode(part.get_content()).decode()
            page = page.replace(f"cid:{str(part['content-id']).strip('<>')}", f"data:image/png;base64,{data}")
    return page


def posted(message: Message) -> str:
    """The page of a Slack message as it arrived."""
    with WebhookSink() as sink:
        destination = Destination("team", f"slack://{TOKENS}", endpoint=sink.url)
        assert send(message, destination, alert_id="picture", at=AT).outcome is Outcome.SENT
        return slack_page(sink.received[0].content["blocks"])


def queried(home: Path) -> str:
    """A query as typed, and the answer of a fresh demo in ``home``."""
    environment = {**os.environ, "STANCEWATCH_HOME": str(home), "COLUMNS": "110"}
    stancewatch = str(Path(sys.executable).parent / "stancewatch")
    subprocess.run([stancewatch, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    query = (ROOT / "warehouse" / "queries" / f"{QUERY}.sql").read_text(encoding="utf-8")
    command = [stancewatch, "sql", query]
    rows = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    return f'$ stancewatch sql "$(cat warehouse/queries/{QUERY}.sql)"\n{rows.stdout}'


def terminal(text: str) -> str:
    """Text as a terminal shows it."""
    style = "background:#16181d;color:#e6e6e6;font:15px/1.45 'DejaVu Sans Mono',monospace;padding:18px;margin:0"
    head = '<!doctype html><meta charset="utf-8"><body style="margin:0;background:#16181d">'
    return f'{head}<pre style="{style}">{html.escape(text)}</pre>'


if __name__ == "__main__":
    main()
