"""`stancewatch init`: from nothing to a first alert that was taken, by real servers on loopback."""

from __future__ import annotations

import socket
import stat
from typing import TYPE_CHECKING

import pytest
import typer
import yaml
from typer.testing import CliRunner

from flows.cli import app
from flows.config_file import UsageError
from flows.env_file import read_env_file, setting_line, use_env_file
from flows.settings import SHIPPED_CONFIG, load_settings
from flows.setup import set_up
from flows.setup_answers import Flags, Secret
from flows.sinks import WebhookSink
from tests.flows.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typer.testing import Result

PASSWORD = "p@ss w/o'rd\"$#"
WEBHOOK = "T0AAAA/B0BBBB/c0ccCCsecret"


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay({"me@example.org": PASSWORD}) as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CONFIG", "HOME", "WAREHOUSE"):
        monkeypatch.setenv(f"STANCEWATCH_{name}", "/no/such/place")  # another installation's
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    return tmp_path / "watch"


def init(site: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["init", str(site), *arguments])


def mail_flags(site: Path, relay: Relay, **changed: str) -> list[str]:
    flags = {
        "mail-to": "team@example.org,boss+nhs@example.org",
        "smtp": f"127.0.0.1:{relay.port}",
        "smtp-user": "me@example.org",
        "smtp-password-file": str(site.parent / "password"),
    }
    return [word for name, value in {**flags, **changed}.items() for word in (f"--{name}", value)]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_one_command_leads_to_a_first_alert(site: Path, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    with WebhookSink() as slack:
        monkeypatch.setenv("TEAM_HOOK", f"{slack.url}/{WEBHOOK}")
        done = init(site, *mail_flags(site, relay), "--slack-env", "TEAM_HOOK", "--feeds", "none", "--yes")
        assert (done.exit_code, done.stderr) == (0, "")
        assert [mail["To"] for mail in relay.mails] == ["team@example.org, boss+nhs@example.org"]
        assert [post.path for post in slack.received] == [f"/services/{WEBHOOK}"]
    assert "ok   mail: sent: mail server took the message" in done.stdout
    assert [
        line.rpartition(" ")[2] for line in done.stdout.splitlines() if line.startswith("  ") and "--env" in line
    ] == [
        "check",
        "run",
        "serve",
    ]
    assert sorted(contents(site)) == ["config/alerts.yml", "config/feeds.yml", "stancewatch.env"]
    assert stat.S_IMODE((site / "stancewatch.env").stat().st_mode) == 0o600
    everything = b"".join(contents(site).values())
    assert PASSWORD.encode() not in everything
    assert WEBHOOK.split("/")[2].encode() not in everything
    again = init(site, *mail_flags(site, relay), "--yes")
    assert again.exit_code == 0
    assert again.stdout.startswith("kept ")
    assert (b"".join(contents(site).values()), len(relay.mails)) == (everything, 1)


def test_what_is_written_is_an_overlay_that_works(site: Path, relay: Relay) -> None:
    assert init(site, *mail_flags(site, relay), "--no-test", "--yes").exit_code == 0
    settings = load_settings(read_env_file(site / "stancewatch.env"))
    assert settings.places.config == site / "config"
    assert settings.places.home == site / "data"
    assert settings.places.file("feeds.yml") == SHIPPED_CONFIG / "feeds.yml"
    assert [rule.destinations for rule in settings.alerts.rules] == [("mail",)]
    assert "#STANCEWATCH_CONTACT=" in (site / "stancewatch.env").read_text()
    assert relay.mails == []


def test_whom_publishers_may_ask_goes_into_the_settings(site: Path, relay: Relay) -> None:
    flags = [*mail_flags(site, relay), "--contact", "watch@example.org", "--no-test", "--yes"]
    assert init(site, *flags).exit_code == 0
    settings = load_settings(read_env_file(site / "stancewatch.env"))
    assert settings.feeds.fetch.contact == "mailto:watch@example.org"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"mail-to": "team at example.org"}, "'team at example.org' is no mail address; write name@example.org"),
        ({"smtp": "smtp.example.org:port"}, "'smtp.example.org:port' is no mail server"),
        ({"smtp-password-file": "/no/such"}, "--smtp-password-file /no/such: No such file or directory"),
        ({"contact": "example.org"}, "--contact example.org: must be a page or a mail address, such as https://"),
        ({"feeds": "/no/such.opml"}, "--feeds /no/such.opml: no such file"),
    ],
)
def test_an_answer_that_cannot_be_is_one_line_and_nothing_is_written(
    site: Path, relay: Relay, changed: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["stancewatch", "init", str(site), *mail_flags(site, relay, **changed), "--yes"])
    with pytest.raises(UsageError) as refused:
        app(standalone_mode=False)
    assert str(refused.value).startswith(words)
    assert "\n" not in str(refused.value)
    assert not site.exists()


def test_a_server_that_does_not_take_it_is_one_line_and_what_is_written_stays(site: Path, relay: Relay) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    (site.parent / "wrong").write_text("not the password")
    cases = (
        (mail_flags(site, relay, smtp=f"127.0.0.1:{port}"), "connection refused: nothing listens there"),
        (mail_flags(site, relay, **{"smtp-password-file": str(site.parent / "wrong")}), "refused the login (535)"),
        (mail_flags(site, relay, smtp="mail.no-such-host.invalid:25"), "host name not found"),
    )
    for flags, words in cases:
        done = init(site, *flags, "--yes", "--force")
        assert done.exit_code == 1
        assert words in done.stdout
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("stancewatch: mail did not take the test; what is written stays: correct ")
        assert done.stderr.endswith("alerts test`\n")
        assert sorted(contents(site)) == ["config/alerts.yml", "stancewatch.env"]
        assert "not the password" not in done.output
    settings = site / "stancewatch.env"
    settings.write_text(settings.read_text().replace("wrong", "password"))
    assert relay.mails == []


def test_nothing_is_overwritten_without_being_told_to(site: Path, relay: Relay, tmp_path: Path) -> None:
    (site / "config").mkdir(parents=True)
    (site / "config" / "alerts.yml").write_text("destinations: {}\n")
    (site / "config" / "feeds.yml").write_text("feeds: []\n")
    (tmp_path / "list.opml").write_text(
        '<opml version="2.0"><body><outline xmlUrl="https://a.example/feed"/></body></opml>'
    )
    flags = [*mail_flags(site, relay), "--no-test", "--yes", "--feeds", str(tmp_path / "list.opml")]
    done = init(site, *flags)
    assert f"kept     {site}/config/alerts.yml (it says something else; --force writes it anew)" in done.stdout
    assert f"kept     {site}/config/feeds.yml" in done.stdout
    assert contents(site)["config/alerts.yml"] == b"destinations: {}\n"
    assert f"written  {site}/config/alerts.yml" in init(site, *flags, "--force").stdout
    assert contents(site)["config/feeds.yml"] == b"feeds: []\n"
    (site / "config" / "feeds.yml").unlink()
    assert "1 feeds added" in init(site, *flags, "--force").stdout
    assert [feed["url"] for feed in yaml.safe_load(contents(site)["config/feeds.yml"])["feeds"]] == [
        "https://a.example/feed"
    ]


def test_questions_are_asked_until_the_answers_can_be(
    site: Path, relay: Relay, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(
        ["post", "mail", "nobody", "team@example.org", "?", f"localhost:{relay.port}", "me@example.org", PASSWORD, ""]
    )
    asked: list[tuple[str, bool]] = []

    def answer(question: str, *, default: str | None = None, hide_input: bool = False, **_: object) -> str:
        asked.append((question, hide_input))
        return next(answers) or str(default)

    monkeypatch.setattr(typer, "prompt", answer)
    assert set_up(site, Flags(), is_forced=False, is_asking=True, is_testing=True) == 0
    told = capsys.readouterr().out
    assert "  'nobody' is no mail address; write name@example.org" in told
    assert [question for question, is_hidden in asked if is_hidden] == ["Its password (not shown)"]
    assert len(dict.fromkeys(question for question, _ in asked)) == 6
    assert [mail["From"] for mail in relay.mails] == ["Stancewatch <me@example.org>"]
    assert read_env_file(site / "stancewatch.env")["SMTP_PASSWORD"] == PASSWORD
    assert PASSWORD not in told
    assert PASSWORD not in (site / "config" / "alerts.yml").read_text()


def test_a_secret_is_in_no_representation() -> None:
    assert "hush" not in repr(Flags(slack=Secret("SLACK_WEBHOOK", "hush")))


@pytest.mark.parametrize("value", ["plain", "a b", "it's", PASSWORD, "`id`", "$HOME", "back\\slash", "#no comment", ""])
def test_settings_are_read_as_they_were_written(tmp_path: Path, value: str) -> None:
    file = tmp_path / "x.env"
    file.write_text(f"# a comment\n\n{setting_line('NAME', value)}\nexport OTHER=1\n")
    assert read_env_file(file) == {"NAME": value, "OTHER": "1"}
    environment = {"OTHER": "set"}
    use_env_file(file, environment)
    assert environment == {"NAME": value, "OTHER": "set"}
