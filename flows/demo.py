"""`stancewatch demo`: the whole system on the sample newsroom, a day of history and then a day of news."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import shlex
import shutil
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from flows.newsroom import FOLDER, load_newsroom
from flows.newsroom_server import Newsroom
from flows.orphans import sweep_up_after_us
from flows.output import Format, render_rows
from flows.own_command import from_here, own_command
from flows.prefect_setup import prepare_prefect, temporary_api
from flows.report_command import make_report
from flows.settings import locate
from flows.sinks import MailSink, WebhookSink
from flows.summary import summarise
from warehouse.database import FOLDER as WAREHOUSE
from warehouse.database import query_text
from warehouse.published import is_published, published_path, query_published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.settings import FeedConfig

QUERIES = (
    ("What is new: who took a new side, and which side before", "demo_new_stances"),
    ("Where those stand who took a side", "demo_positions"),
    ("Which themes the two sides fight over", "demo_themes"),
)
TRIALS = (
    ('sql "FROM stance_events"', "query it"),
    ("sql --list", "questions that are already written down"),
    ("alerts list", "what was sent, what waits, and for what"),
    ("trace ID", "how an alert, an event or an article came about"),
    ("correct ID --stance local", "overrule the reading of a statement"),
)
_HEAD: Final = "# Written by `stancewatch demo`: the sample newsroom's feeds.\n"
"""Tells a demo's folder from a real one."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The running pieces of the demo's world."""

    newsroom: Newsroom
    mail: MailSink
    slack: WebhookSink
    home: Path


def run_demo(*, port: int, is_fresh: bool) -> None:
    """Serve the newsroom, run the monitor on it day by day, and show what came of it."""
    home = _home()
    if is_fresh:
        shutil.rmtree(home, ignore_errors=True)
    started = time.monotonic()
    with ExitStack() as stack:
        stage = _set_up(stack, home, port)
        wait_until_ready = stack.enter_context(temporary_api())
        is_first = not is_published(home / "warehouse.duckdb")
        _say(f"newsroom: {len(stage.newsroom.feeds)} sites at port {stage.newsroom.port}; all stays on this machine")
        from flows.monitor import monitor  # noqa: PLC0415 - imports Prefect, whose settings are ready now

        wait_until_ready()
        if is_first:
            _say("day 1: history, loaded silently (seed documents and each feed's first poll)")
            _say(f"       {summarise(asyncio.run(monitor(all_feeds=True)))}")
        stage.newsroom.show_day(2)
        _say("day 2: the news" if is_first else "day 2 again: nobody is told twice")
        _say(f"       {summarise(asyncio.run(monitor(all_feeds=True)))}")
        _show(stage)
    _say(f"\ndone in {time.monotonic() - started:.0f} s")


def _home() -> Path:
    """The demo's own data folder: a real warehouse is never mixed with sample news, nor removed by --fresh.

    The one that STANCEWATCH_HOME names, if nothing lies there or an earlier demo; otherwise one in the data folder.
    """
    given = os.environ.get("STANCEWATCH_HOME")
    home = Path(given) if given else None
    return home if home and (_is_demos(home) or _is_free(home)) else locate().home / "demo"


def _is_demos(home: Path) -> bool:
    try:
        return (home / "config" / "feeds.yml").read_text(encoding="utf-8").startswith(_HEAD)
    except OSError:
        return False


def _is_free(home: Path) -> bool:
    return not any((home / name).exists() for name in ("config", "warehouse.duckdb", "warehouse.published.duckdb"))


def _set_up(stack: ExitStack, home: Path, port: int) -> Stage:
    sites = load_newsroom()
    try:
        newsroom = Newsroom(sites, port=port)
    except OSError:
        newsroom = Newsroom(sites)
        _say(f"port {port} is taken: the newsroom answers at {newsroom.port}")
    stack.enter_context(newsroom)
    mail = stack.enter_context(MailSink(folder=home / "mail"))
    slack = stack.enter_context(WebhookSink())
    _write_config(home / "config", newsroom.feeds)
    os.environ.update(
        STANCEWATCH_CONFIG=str(home / "config"),
        STANCEWATCH_HOME=str(home),
        STANCEWATCH_WAREHOUSE=str(home / "warehouse.duckdb"),
        STANCEWATCH_LOCAL_HOSTS=",".join(sorted(newsroom.hosts)),
        STANCEWATCH_DEMO_MAIL_PORT=str(mail.port),
        STANCEWATCH_DEMO_SLACK_URL=slack.url,
    )
    prepare_prefect(home)
    sweep_up_after_us()
    return Stage(newsroom, mail, slack, home)


def _write_config(folder: Path, feeds: Sequence[FeedConfig]) -> None:
    """A real configuration folder, to look at and to play with; what it lacks comes from config/."""
    folder.mkdir(parents=True, exist_ok=True)
    records = [{name: _plain(value) for name, value in dataclasses.asdict(feed).items()} for feed in feeds]
    # the sites are our own: nobody is to be spared there
    text = yaml.safe_dump(
        {"fetch": {"gap_seconds": 0}, "feeds": records}, sort_keys=False, allow_unicode=True, width=1000
    )
    (folder / "feeds.yml").write_text(_HEAD + text, encoding="utf-8")
    shutil.copyfile(FOLDER / "alerts.yml", folder / "alerts.yml")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def _show(stage: Stage) -> None:
    _say(f"\nmail: {len(stage.mail.messages)} messages arrived over SMTP; Slack: {len(stage.slack.received)} over HTTP")
    for post in list(stage.slack.received)[:1]:
        _say("\nthe first Slack message, as Slack gets it:\n" + _indented(str(post.content.get("text", ""))))
    home, config = (shlex.quote(str(path.resolve())) for path in (stage.home, stage.home / "config"))
    _say(
        f"\nthree questions; to ask them yourself, first\n  export STANCEWATCH_HOME={home} STANCEWATCH_CONFIG={config}"
    )
    for title, query in QUERIES:
        _say(f'\n{title}\n  {own_command()} sql "$(cat {from_here(WAREHOUSE / "queries" / f"{query}.sql")})"')
        sys.stdout.write(render_rows(query_published(stage.home / "warehouse.duckdb", query_text(query)), Format.TABLE))
    (stage.home / "slack").mkdir(exist_ok=True)
    for number, post in enumerate(stage.slack.received, start=1):
        text = json.dumps(post.content, ensure_ascii=False, indent=2)
        (stage.home / "slack" / f"{number:03}.json").write_text(text, encoding="utf-8")
    warehouse = stage.home / "warehouse.duckdb"
    report = make_report(stage.home, "")
    _say("\nwhere to look")
    _say(f"  board       {report} (open it in a browser)")
    _say(f"  mails       {stage.home / 'mail'}/*.eml (open one in any mail program)")
    _say(f"  Slack       {stage.home / 'slack'}/*.json")
    _say(f"  warehouse   {published_path(warehouse)} (any DuckDB client)")
    _say("\nwhat to try, with the settings above")
    width = max(len(rest) for rest, _ in TRIALS)
    for rest, what in TRIALS:
        _say(f"  {own_command()} {rest:<{width}}  {what}")


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
