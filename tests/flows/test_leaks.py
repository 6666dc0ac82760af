"""Secrets are in nothing that a run, a failing one or any command leaves behind: every byte is searched for them.

In the short form a subscriber's key, in archives and sitemaps; in the one with servers all secrets there are.
"""

from __future__ import annotations

import base64
import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import duckdb
import pytest
import yaml
from typer.testing import CliRunner

from flows.archive import walk_archives
from flows.archive_plan import make_plan
from flows.cli import app
from flows.newsroom import Page, load_newsroom
from flows.poll import poll_feeds
from flows.read import read_entries
from flows.run import open_run
from flows.settings import load_settings
from flows.sinks import WebhookReply, WebhookSink
from tests.flows.loopback import reply
from tests.flows.press import NAMESPACE, Press
from tests.flows.press import environment as press_environment
from tests.flows.relay import Relay
from tests.flows.world import World, running_world, watch_once
from warehouse.published import publish, published_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.run import Run
    from flows.settings import Settings
    from tests.flows.loopback import Received, Script

ROOT = Path(__file__).parents[2]
SECRETS = {
    "SMTP_PASSWORD": "smtp-p@ss/w:rd-77ab",
    "SLACK_TOKEN": "xoxb-1234567890-1234567890-tokentokentokentoken0000",
    "SLACK_WEBHOOK": "T0LEAKAAA/B0LEAKBBB/c0leakccCC77",
    "HOOK_PATH": "hookpath-88cd-secret",
    "LLM_KEY": "sk-llm-99ef-secret",
    "FEED_KEY": "feedkey/aa11-secret",
    "FEED_USER": "feeduser-bb22",
    "FEED_PASSWORD": "feedpass:cc33-secret",
    "PREFECT_API_AUTH_STRING": "admin:prefect-dd44-secret",
    "PREFECT_SERVER_DATABASE_PASSWORD": "postgres-ee55-secret",
}
ASKED = ("SLACK_TOKEN", "SLACK_WEBHOOK", "HOOK_PATH", "LLM_KEY")
"""Those that go to servers over HTTP, which say them back."""
NAMED = "SELECT count(*) FROM store.entries WHERE url LIKE '%FEED_KEY%'"
PAGED = "SELECT count(*) FROM fetches WHERE outcome = 'ok' AND contains(url, 'FEED_KEY') AND contains(url, 'paged=')"
MAPPED = "SELECT count(*) FROM fetches WHERE outcome = 'ok' AND contains(url, 'FEED_KEY') AND contains(url, '/map-')"
WALKED = """
SELECT count(*) FILTER (contains(url, 'paged=2')), count(*) FILTER (contains(url, 'map.xml'))
FROM store.archive_pages WHERE contains(url, 'FEED_KEY') AND state = 'asked'
"""
READ = "SELECT count(*) FROM articles WHERE url LIKE '%FEED_KEY%'"


def forms(secret: str) -> set[bytes]:
    """How a secret may look: as it is, in an address, in a header, without the user of a login."""
    parts = {secret, secret.partition(":")[2] or secret, secret.rpartition("/")[2]}
    texts = parts | {quote(part, safe="") for part in parts} | {quote(secret)}
    encoded = {base64.b64encode(text.encode()).rstrip(b"=")[:-2] for text in texts}
    return {text.encode() for text in texts} | encoded


def found_in(content: bytes) -> set[str]:
    login = {"FEED_LOGIN": f"{SECRETS['FEED_USER']}:{SECRETS['FEED_PASSWORD']}"}
    return {name for name, secret in {**SECRETS, **login}.items() if any(form in content for form in forms(secret))}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    sites = sorted(load_newsroom(), key=lambda site: site.publisher.format != "rss2")
    with running_world(tmp_path / "home", sites) as running:
        yield running


def plant(world: World, home: Path, servers: contextlib.ExitStack) -> dict[str, str]:
    """Give every part of the configuration its secret, with servers that refuse and say the secret back."""
    relay = servers.enter_context(Relay({"watch@example.org": SECRETS["SMTP_PASSWORD"]}))
    said = {name: WebhookReply(401, f"no: {SECRETS[name]}") for name in ASKED}
    sinks = {name: servers.enter_context(WebhookSink(replies=[reply] * 500)) for name, reply in said.items()}
    urls = {
        "mail": f"mailto://${{SMTP_USER}}:${{SMTP_PASSWORD}}@127.0.0.1:{relay.port}?from=watch@example.org&to=team@example.org",
        "bot": "slack://${SLACK_TOKEN}/%23news",
        "hook": "${SLACK_WEBHOOK}",
        "json": f"json://127.0.0.1:{sinks['HOOK_PATH'].port}/${{HOOK_PATH}}",
    }
    destinations = {name: {"url": url} for name, url in urls.items()}
    destinations["bot"]["endpoint"] = sinks["SLACK_TOKEN"].url
    rules = [{"name": "all", "kinds": ["first", "shift", "theme"], "destinations": list(urls)}]
    config = home / "config"
    (config / "alerts.yml").write_text(yaml.safe_dump({"destinations": destinations, "rules": rules}))
    llm = {"base_url": f"http://127.0.0.1:{sinks['LLM_KEY'].port}/v1", "model": "m", "key_variable": "LLM_KEY"}
    (config / "llm.yml").write_text(yaml.safe_dump(llm))
    feeds = yaml.safe_load((config / "feeds.yml").read_text())
    feeds["feeds"][0]["url"] += "?key=${FEED_KEY}"
    feeds["feeds"][1]["url"] = feeds["feeds"][1]["url"].replace("http://", "http://${FEED_USER}:${FEED_PASSWORD}@")
    feeds["feeds"][2] |= {"url": f"{world.newsroom.bases[2]}/index.xml?key=${{FEED_KEY}}", "format": "sitemap"}
    (config / "feeds.yml").write_text(yaml.safe_dump(feeds))
    folder = home.parent / "secrets"
    folder.mkdir(mode=0o700)
    files = {}
    for name, secret in SECRETS.items():
        value = f"{sinks[name].url}/{secret}" if name == "SLACK_WEBHOOK" else secret
        (folder / name).write_text(f"{value}\n")
        files[f"{name}_FILE"] = str(folder / name)
    return {**world.environment, **files, "SMTP_USER": "watch@example.org"}


def show_day(world: World, day: int) -> None:
    """Serve a day; the first site wants its key, and writes it into every link, as publishers do.

    The first has a page of older entries, the third an index of one sitemap, whose links bear the key as well.
    """
    world.newsroom.show_day(day)
    key = f"?key={quote(SECRETS['FEED_KEY'], safe='')}"
    pages = world.newsroom._servers[0].pages
    for path, page in list(pages.items()):
        for more in ("", "&amp;paged=2"):
            link = (key + more).encode()
            body = page.body.replace(b"</link>", link + b"</link>").replace(b"</id>", link + b"</id>")
            pages[path + key + more.replace("amp;", "")] = replace(page, body=body)
    site, base, pages = world.newsroom._sites[2], world.newsroom.bases[2], world.newsroom._servers[2].pages
    links = "".join(f"<url><loc>{base}{article.path}{key}</loc></url>" for article in site.on_day(day))
    pages |= {path + key: page for path, page in pages.items()}
    index = f"<sitemapindex {NAMESPACE}><sitemap><loc>{base}/map.xml{key}</loc></sitemap></sitemapindex>"
    for path, text in (("/index.xml", index), ("/map.xml", f"<urlset {NAMESPACE}>{links}</urlset>")):
        pages[path + key] = Page(text.encode(), "application/xml", pages["/"].changed)


@dataclass
class Subscribers(Press):
    """A site that gives nothing without its subscribers' key, and writes it into each link."""

    key: str = f"key={quote(SECRETS['FEED_KEY'], safe='')}"

    def link(self, number: int) -> str:
        return f"{super().link(number)}?{self.key}"

    def answer_to(self, request: Received) -> bytes | Script:
        path, _, query = request.path.partition("?")
        if self.key not in query.split("&"):
            return reply(status="403 Forbidden")
        rest = "&".join(field for field in query.split("&") if field != self.key)
        return super().answer_to(replace(request, path=f"{path}?{rest}" if rest else path))


async def watch_and_walk(run: Run, settings: Settings) -> list[str]:
    """A poll, a walk through the archives, all pages read and published; what the walk says."""
    said: list[str] = []
    await poll_feeds(run, is_forced=True)
    await walk_archives(run, make_plan("2026-05-14", (), settings.feeds.archive), said.append)
    while await read_entries(run, with_archives=True):
        pass
    publish(run.warehouse)
    return said


async def test_a_subscribers_key_stays_out_of_archives_and_sitemaps(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "stancewatch")
    async with Subscribers() as paged, Subscribers() as mapped, Press() as stranger:
        mapped.index("/feed/", [(f"/map-{n}.xml?{mapped.key}", "") for n in range(3)])
        for n in range(3):
            rows = [(mapped.link(each), mapped.moment(each).isoformat()) for each in range(5 * n, 5 * n + 5)]
            mapped.sitemap(f"/map-{n}.xml", [*rows, (f"{stranger.link(n)}?{mapped.key}", "2026-05-28")])
        environment = press_environment(tmp_path, paged, mapped)
        hosts = ",".join(site.host for site in (paged, mapped, stranger))
        feeds = tmp_path / "config" / "feeds.yml"
        feeds.write_text(feeds.read_text().replace("/feed/", "/feed/?key=${FEED_KEY}"))
        own = {"STANCEWATCH_LOCAL_HOSTS": hosts, "FEED_KEY": SECRETS["FEED_KEY"]}
        settings = load_settings({**environment, **own})
        async with open_run(settings, "backfill") as run:
            said = await watch_and_walk(run, settings)
        with duckdb.connect(str(published_path(settings.places.warehouse)), read_only=True) as connection:
            for sql in (NAMED, PAGED, MAPPED, READ):
                assert connection.execute(sql).fetchall() > [(2,)], sql
    assert any("key=${FEED_KEY}" in line for line in said)
    left = {str(path): path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()}
    left |= {"log": caplog.text.encode(), "said": "".join(said).encode()}
    assert {name: found for name, content in left.items() if (found := found_in(content))} == {}
    assert stranger.asked("/news/")
    assert [path for path in stranger.paths() if mapped.key in path] == []


@pytest.mark.prefect
@pytest.mark.skipif(not os.environ.get("WITH_SERVERS"), reason="minutes: make server-check")
def test_secrets_stay_where_they_are(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    with contextlib.ExitStack() as servers:
        environment = plant(world, home, servers)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        show_day(world, 1)
        settings = load_settings()
        assert watch_once(settings)["feeds_ok"] == 15
        walked = run("--verbose", "backfill", "--since", "2020-01-01")
        show_day(world, 2)
        published = published_path(settings.places.warehouse)
        published.rename(home / "published before")
        published.mkdir()  # the run fails when all else is done, with a traceback in Prefect
        told = run("--verbose", "run", "--all")
        published.rmdir()
        assert told[0] == 1
        watch_once(settings)
        outputs = [walked[1], told[1], *commands(home)]
    assert walked[0] == 0
    assert min(world.query(WALKED)[0]) > 0
    outbox = world.query("SELECT destination, status FROM messages")
    assert {destination for destination, _ in outbox} == {"mail", "bot", "hook", "json"}
    assert {status for destination, status in outbox if destination == "mail"} == {"sent"}
    folders = {home, Path(os.environ.get("PREFECT_HOME", home))}
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    leaks = {str(path): found_in(path.read_bytes()) for path in files}
    assert {path: names for path, names in leaks.items() if names} == {}
    assert [found_in(output) for output in outputs] == [set()] * len(outputs)
    assert any(path.endswith("prefect.db") for path in leaks)  # artifacts, logs and tracebacks lie there
    assert world.query(NAMED) > [(0,)]


def run(*arguments: str) -> tuple[int, bytes]:
    """A command as a process of its own: its status, and all that it says."""
    command = [sys.executable, "-m", "flows.cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, check=False)  # noqa: S603 - ours
    return done.returncode, done.stdout + done.stderr


def commands(home: Path) -> list[bytes]:
    """What the commands say that show or write much."""
    asked = [
        ["doctor"],
        ["doctor", "--format", "json"],
        ["alerts", "list"],
        ["alerts", "test"],
        ["feeds", "list"],
        ["feeds", "check"],
        ["trace", "fitzroy"],
        ["sql", "FROM deliveries", "--format", "json"],
        ["sql", "FROM feeds", "--format", "json"],
        ["sql", "FROM fetches", "--format", "json"],
        ["export", "--to", str(home / "out"), "--format", "both"],
        ["warehouse", "backup"],
        ["report", "--out", str(home / "board")],
        ["init", str(home / "site"), "--slack-env", "SLACK_WEBHOOK", "--yes"],
    ]
    said = []
    for words in asked:
        done = CliRunner().invoke(app, words)
        said.append(f"{done.stdout}{done.stderr}{done.exception!r}".encode())
    return said
