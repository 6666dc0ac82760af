"""`stancewatch doctor`: each thing that is wrong is one finding that says what to do."""

from __future__ import annotations

import json
import re
import socket
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from typer.testing import CliRunner

from flows import doctor_warehouse
from flows.cli import app
from flows.doctor import wrong_pins
from flows.doctor_destinations import examine_destinations, reach
from flows.doctor_secrets import examine_secrets
from flows.doctor_view import as_text
from flows.finding import Finding, Level, broken, look, ok
from flows.settings import load_settings
from tests.flows.loopback import Loopback
from tests.flows.relay import Relay

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "feeds.yml").write_text("feeds: []\n")
    (tmp_path / "config" / "seeds.yml").write_text("seeds: []\n")
    monkeypatch.setenv("STANCEWATCH_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    return tmp_path


def doctor() -> tuple[int, dict[str, list[dict[str, Any]]]]:
    """Exit status and findings by part."""
    done = CliRunner().invoke(app, ["doctor", "--format", "json"])
    report = json.loads(done.stdout)
    parts: dict[str, list[dict[str, Any]]] = {}
    for finding in report["findings"]:
        parts.setdefault(finding["part"], []).append(finding)
    return done.exit_code, parts


def destinations(home: Path, secrets: dict[str, str], **urls: str) -> list[Finding]:
    """What is said of destinations with these addresses."""
    return list(examine_destinations(settings(home, secrets, **urls)))


def settings(home: Path, secrets: dict[str, str], **urls: str) -> Settings:
    config = {
        "destinations": {name: {"url": url} for name, url in urls.items()},
        "rules": [{"name": "all", "destinations": list(urls)}],
    }
    (home / "config" / "alerts.yml").write_text(yaml.safe_dump(config))
    return load_settings({"STANCEWATCH_CONFIG": str(home / "config"), "STANCEWATCH_HOME": str(home), **secrets})


def test_a_fresh_installation_is_not_broken_and_nothing_is_made(home: Path) -> None:
    status, parts = doctor()
    levels = {finding["level"] for found in parts.values() for finding in found}
    assert (status, levels) == (0, {"ok", "look"})
    assert [finding["what"] for finding in parts["destinations"]] == ["none"]
    assert not (home / "data").exists()


def test_a_key_that_no_request_can_carry_is_told_without_showing_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    llm = {"base_url": "http://127.0.0.1:9/v1", "model": "m", "key_variable": "LLM_KEY"}
    (home / "config" / "llm.yml").write_text(yaml.safe_dump(llm))
    monkeypatch.setenv("LLM_KEY", "“sk-curly”")
    status, parts = doctor()
    told = [finding for finding in parts["configuration"] if finding["what"] == "second opinions"]
    assert (status, told[0]["level"], told[0]["words"]) == (
        1,
        "broken",
        "LLM_KEY holds what no request can carry: a blank, a curly quotation mark or the like",
    )
    assert "sk-curly" not in json.dumps(parts, ensure_ascii=False)


def test_every_file_that_cannot_be_used_is_named_with_its_line(home: Path) -> None:
    (home / "config" / "alerts.yml").write_text("delivery:\n  atempts: 3\nruels: []\n")
    (home / "config" / "feeds.yml").write_text("fetch: {}\nfeeds:\n  - {id: a}\n")
    (home / "config" / "upkeep.yml").write_text("kept_copies: many\n")
    status, parts = doctor()
    found = defaultdict(list)
    for finding in parts["configuration"]:
        found[finding["what"]].append(f"{finding['words']} | {finding['mend']}")
    assert status == 1
    assert set(found) == {"alerts.yml", "feeds.yml", "upkeep.yml"}
    assert found["alerts.yml"] == [
        f"{home}/config/alerts.yml:2: delivery.atempts: unknown key | did you mean `attempts`?",
        f"{home}/config/alerts.yml:3: ruels: unknown key | did you mean `rules`?",
    ]
    assert len(found["feeds.yml"]) == len(set(found["feeds.yml"])) > 1
    assert all("feeds.yml:3: feeds[0]." in line for line in found["feeds.yml"])


def test_packages_are_held_against_the_pins() -> None:
    assert list(wrong_pins(["prefect==3.8.8", "rich>=14"])) == []
    assert list(wrong_pins(["prefect==3.8.7", "no-such-package==1.0"])) == [
        "prefect 3.8.8 instead of 3.8.7",
        "no-such-package missing instead of 1.0",
    ]


def test_secrets_are_looked_for_and_open_files_told_of(home: Path) -> None:
    (home / "token").write_text("abc\n")
    (home / "token").chmod(0o644)
    home.chmod(0o755)
    (home / "config" / "feeds.yml").write_text(
        "feeds:\n  - {id: paid, publisher: P, kind: blog, homepage: 'https://p.org', url: 'https://p.org/?key=0123456789'}\n"
    )
    (home / "config" / "alerts.yml").write_text("destinations: {a: {url: 'json://h.example/${TOKEN}/${GONE}'}}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOKEN_FILE", str(home / "token"))
        status, parts = doctor()
    told = {(finding["what"], finding["level"]): finding for finding in parts["secrets"]}
    assert status == 1
    assert told["GONE", "broken"]["words"] == "not set; destination a needs it"
    assert told["set", "ok"]["words"] == "TOKEN (file)"
    assert told["TOKEN", "look"]["mend"] == f"chmod 600 {home}/token"
    assert told["feed paid", "look"]["mend"] == "write key=${NAME} in feeds.yml, and set NAME"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://hooks.slack.com/services/T1234567A/B1234567B/cccccccccccccccccccccccc", "token"),
        ("slack://T1234567A/B1234567B/cccccccccccccccccccccccc/#news", "token"),
        ("discord://123456789012345678/abcdefabcdefabcdefabcdef", "token"),
        ("workflows://h.logic.example/a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4/signature", "token"),
        ("https://chat.example/hooks/xyz", "token"),
        ("jsons://h.example/hooks/a1b2c3d4a1b2c3d4", "token"),
        ("mailtos://h.example?user=me&pass=hush&from=a@b.org&to=c@d.org", "token"),
        ("mailtos://me:hush@h.example?from=a@b.org&to=c@d.org", "password"),
        ("mailtos://me@h.example?from=a@b.org&to=c@d.org", ""),
        ("mailto://127.0.0.1:25?from=a@b.org&to=c@d.org", ""),
        ("ntfy://127.0.0.1:8080/alerts", ""),
        ("json://127.0.0.1:8080/stancewatch/alerts-of-today", ""),
        ("slack://${A}/${B}/${C}", ""),
        ("${WHOLE}", ""),
    ],
)
@pytest.mark.parametrize("file", ["alerts.yml", "operator.yml"])
def test_a_token_in_the_open_is_told_of(home: Path, file: str, url: str, shown: str) -> None:
    route = {"destinations": {"a": {"url": url}}} if file == "alerts.yml" else {"url": url}
    (home / "config" / file).write_text(yaml.safe_dump(route))
    told = examine_secrets(load_settings({"STANCEWATCH_CONFIG": str(home / "config"), "STANCEWATCH_HOME": str(home)}))
    words = [each.words for each in told if each.level is Level.LOOK]
    assert words == ([f"its {shown} stands in {file}"] if shown else [])


def test_a_folder_for_a_secret_is_no_file_and_stays_as_open_as_it_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.chmod(0o755)
    (home / "folder").mkdir(mode=0o777)
    (home / "folder").chmod(0o777)
    (home / "config" / "alerts.yml").write_text("destinations: {a: {url: 'json://h.example/${TOKEN}'}}\n")
    monkeypatch.setenv("TOKEN_FILE", str(home / "folder"))
    (found,) = doctor()[1]["secrets"]
    assert (found["level"], found["words"]) == ("broken", f"TOKEN_FILE={home}/folder: is a folder, no file")
    assert "chmod" not in found["mend"]


@pytest.mark.usefixtures("home")
def test_a_full_disk_is_broken_before_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_warehouse, "_LEAST_FREE_BYTES", 1 << 60)
    (finding,) = [each for each in doctor()[1]["warehouse"] if each["what"] == "data folder"]
    assert finding["level"] == "broken"
    assert "publishing and the nightly copy need" in finding["words"]


def test_a_mail_server_is_tried_up_to_the_login_and_gets_no_mail(home: Path) -> None:
    with Relay({"me@example.org": "right"}) as relay:
        url = f"mailto://${{USER_NAME}}:${{PASSWORD}}@127.0.0.1:{relay.port}?from=a@example.org&to=b@example.org"
        secrets = {"USER_NAME": "me@example.org", "PASSWORD": "right"}
        (found,) = destinations(home, secrets, team=url)
        assert (found.level, found.words.partition(";")[0]) == (Level.OK, "the mail server answers and takes the login")
        (found,) = destinations(home, {**secrets, "PASSWORD": "wrong!"}, team=url)
        assert (found.level, found.words) == (
            Level.BROKEN,
            "mail server refused the login (535): check user and password",
        )
        assert "wrong!" not in f"{found}"
        assert relay.mails == []
    (found,) = destinations(home, secrets, team=url)
    assert found.words == "connection refused: nothing listens there"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("not an address", "has a URL that apprise does not know"),
        ("slack://[", "has a URL that apprise does not accept"),
        ("mailto://127.0.0.1:1?from=a@example.org&to=b@example.org", "connection refused: nothing listens there"),
        ("${OP_HOOK}", "needs OP_HOOK in the environment"),
    ],
)
def test_the_operators_route_is_looked_at_as_any_destination(home: Path, url: str, words: str) -> None:
    (home / "config" / "operator.yml").write_text(yaml.safe_dump({"url": url}))
    status, parts = doctor()
    (found,) = [each for each in parts["destinations"] if each["what"] == "operator"]
    assert (status, found["level"], found["words"]) == (1, "broken", words)
    assert "alerts.yml" not in found["mend"]
    assert [each["what"] for each in parts["secrets"] if each["level"] == "broken"] == ["OP_HOOK"] * ("OP_HOOK" in url)
    assert "no rule sends anything there" not in f"{parts['destinations']}"


@pytest.mark.parametrize("endpoint", ["http://[x", "http://h.example:99999", "https://", "ftp://h.example"])
def test_an_endpoint_that_is_no_address_is_told_of(home: Path, endpoint: str) -> None:
    slack = {"url": "slack://T1234567A/B1234567B/cccccccccccccccccccccccc", "endpoint": endpoint}
    (home / "config" / "operator.yml").write_text(yaml.safe_dump(slack))
    told = {each["what"]: each["words"] for each in doctor()[1]["destinations"]}
    assert told["operator"] == "has an endpoint that is no address"


def test_what_is_wrong_in_operator_yml_is_told_of_that_file(home: Path) -> None:
    (home / "config" / "operator.yml").write_text("url: ''\nmissed_runs: many\n")
    (found,) = doctor()[1]["configuration"]
    assert (found["what"], found["level"]) == ("operator.yml", "broken")
    assert f"{home}/config/operator.yml:2: missed_runs: " in f"{found['words']}{found['mend']}"
    (home / "config" / "operator.yml").write_text("url: json://h.example/x\n")
    (home / "config" / "alerts.yml").write_text("destinations: {operator: {url: 'json://h.example/y'}}\n")
    (found,) = doctor()[1]["configuration"]
    assert (found["what"], found["mend"]) == ("operator.yml", "rename it")


async def test_an_address_is_tried_up_to_its_certificate() -> None:
    async with Loopback() as server:
        assert reach(server.url()) == ""
        assert server.received == []
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert reach(f"http://127.0.0.1:{port}") == f"127.0.0.1:{port}: connection refused: nothing listens there"


@pytest.mark.usefixtures("home")
def test_a_server_that_cannot_be_reached_breaks_what_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://user:hush@127.0.0.1:1/api")
    status, parts = doctor()
    assert (status, len(parts["Prefect"])) == (1, 1)
    assert parts["Prefect"][0]["words"] == "http://127.0.0.1:1/api does not answer (ConnectError)"


def test_the_text_fits_a_terminal_and_logs_get_a_line_each() -> None:
    long = "a mail server that has much to say about what it does not like and says it " * 3
    parts = {
        "destinations": [ok("a", "fine"), broken("a-very-long-name-of-one", long, "do this"), look("b", "x", long)]
    }
    lines = as_text(parts, 80).splitlines()
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines) <= 80
    assert [line[:6] for line in as_text(parts).splitlines()] == ["ok    ", "broken", "look  ", "3 thin"]
    assert lines[-1] == "3 things looked at: 1 broken, 1 to look at"
