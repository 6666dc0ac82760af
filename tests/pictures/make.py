"""`make pictures`: the README's pictures, from a fresh demo, by headless Chromium."""

from __future__ import annotations

import email
import html
import os
import subprocess
import sys
import tempfile
from email import policy
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
QUERY = "demo_new_stances"
CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


def main() -> None:
    """Run a demo in a folder of its own and draw what it made."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = {**os.environ, "STANCEWATCH_HOME": str(home / "demo"), "COLUMNS": "110"}
        stancewatch = str(Path(sys.executable).parent / "stancewatch")
        subprocess.run([stancewatch, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        mail = shift_mail(home / "demo" / "mail")
        draw(home, "mail", mail, IMAGES / "alert-mail.png", "700,980")
        draw(home, "mail", mail, IMAGES / "alert-mail-phone.png", "390,1130")
        query = (ROOT / "warehouse" / "queries" / f"{QUERY}.sql").read_text(encoding="utf-8")
        command = [stancewatch, "sql", query]
        rows = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
        shown = f'$ stancewatch sql "$(cat warehouse/queries/{QUERY}.sql)"\n{rows.stdout}'
        draw(home, "query", terminal(shown), IMAGES / "query.png", "1100,450")


def shift_mail(folder: Path) -> str:
    """The HTML of the first mail about a change of side."""
    for file in sorted(folder.glob("*.eml")):
        message = email.message_from_bytes(file.read_bytes(), policy=policy.default)
        if "Change of side" in str(message["Subject"]):
            part = message.get_body(("html",))
            assert part is not None
            return str(part.get_content())
    raise SystemExit("the demo sent no mail about a change of side")


def terminal(text: str) -> str:
    """Text as a terminal shows it."""
    style = "background:#16181d;color:#e6e6e6;font:15px/1.45 'DejaVu Sans Mono',monospace;padding:18px;margin:0"
    head = '<!doctype html><meta charset="utf-8"><body style="margin:0;background:#16181d">'
    return f'{head}<pre style="{style}">{html.escape(text)}</pre>'


def draw(home: Path, name: str, markup: str, target: Path, size: str) -> None:
    """Put a page's picture into ``target``; ``size`` is width and height in pixels."""
    page = home / f"{name}.html"
    page.write_text(markup, encoding="utf-8")
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [*CHROMIUM, f"--user-data-dir={home / 'chromium'}", f"--window-size={size}", f"--screenshot={target}"]
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True)  # noqa: S603 - our own page


if __name__ == "__main__":
    main()
