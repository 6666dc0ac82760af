"""Secrets come from the environment, a file or a Prefect block, and an address shows names only."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from extractors.masking import Masker
from flows.config_file import ConfigError
from flows.deliver import open_channel
from flows.feed_secrets import FeedSecrets
from flows.fetch import Fetched, Fetcher, FetchKind, FetchPolicy, FetchRequest, Refused
from flows.fetch_backend import TooMuchError
from flows.fetch_exchange import reason_of
from flows.forgotten_artifacts import ArtifactsError, delete_artifacts
from flows.mail_channel import MailChannel
from flows.outbox import open_destination
from flows.own_error import own_error
from flows.prefect_setup import PrefectGoneError, in_one_line
from flows.secret_values import fill_in_address, read_secret
from flows.settings import load_settings, locate
from tests.flows.loopback import Loopback, reply

if TYPE_CHECKING:
    from pathlib import Path

POLICY = FetchPolicy(gap_seconds=0)


def test_a_secret_is_looked_for_in_the_environment_then_in_its_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from a file\n")
    (tmp_path / "empty").write_text("\n")
    assert read_secret({"T": "set", "T_FILE": "/no/such"}, "T") == ("set", "")
    assert read_secret({"T_FILE": str(tmp_path / "token")}, "T") == ("from a file", "")
    assert read_secret({"T": "set\r\n"}, "T") == ("set", "")
    assert read_secret({"T": "\n", "T_FILE": str(tmp_path / "token")}, "T") == ("from a file", "")
    assert read_secret({}, "T") == ("", "")
    assert read_secret({"T_FILE": "/no/such"}, "T") == ("", "T_FILE=/no/such: No such file or directory")
    assert read_secret({"T_FILE": str(tmp_path / "empty")}, "T")[1].endswith("is empty")
    assert read_secret({"T_BLOCK": "b"}, "T")[1] == "T_BLOCK=b: no Prefect server is configured: set PREFECT_API_URL"


def test_a_password_may_hold_any_character(tmp_path: Path) -> None:
    (tmp_path / "feeds.yml").write_text("feeds: []\n")
    (tmp_path / "password").write_text("p@ss/w:r#d?%2")
    (tmp_path / "alerts.yml").write_text(
        "destinations: {mail: {url: 'mailtos://${USER_NAME}:${PASSWORD}@smtp.example.org?from=a@b.org&to=c@d.org'}}\n"
    )
    environment = {"USER_NAME": "me@b.org", "PASSWORD_FILE": str(tmp_path / "password")}
    settings = load_settings({"STANCEWATCH_CONFIG": str(tmp_path), **environment})
    destination, problem = open_destination(settings, "mail")
    assert (problem, destination is None) == ("", False)
    assert destination is not None
    channel = open_channel(destination)
    assert channel is not None
    assert (channel.user, channel.password) == ("me@b.org", "p@ss/w:r#d?%2")


@pytest.mark.parametrize("password", ["pw%41x", "a%2Fb", "100%", "p@ss/w:r#d?%2", "${USER_NAME}"])
def test_a_value_is_never_taken_as_encoded_already(tmp_path: Path, password: str) -> None:
    (tmp_path / "feeds.yml").write_text("feeds: []\n")
    (tmp_path / "alerts.yml").write_text(
        "destinations:\n"
        "  mail: {url: 'mailtos://${USER_NAME}:${PASSWORD}@smtp.example.org?from=${FROM}&to=c@d.org'}\n"
        "  whole: {url: '${WHOLE}'}\n"
    )
    environment = {"USER_NAME": "m%40e@b.org", "PASSWORD": password, "FROM": "a+b@b.org"}
    whole = "mailtos://m%2540e%40b.org:" + quote(password, safe="") + "@smtp.example.org?from=a%2Bb@b.org&to=c@d.org"
    settings = load_settings({"STANCEWATCH_CONFIG": str(tmp_path), "WHOLE": whole, **environment})
    for name in settings.alerts.destinations:
        destination, _ = open_destination(settings, name)
        assert destination is not None
        channel = open_channel(destination)
        assert isinstance(channel, MailChannel)
        assert (channel.user, channel.password, channel.sender) == ("m%40e@b.org", password, "a+b@b.org")


def test_a_value_may_be_several_parts_of_an_address() -> None:
    values = {"KEY": "a&b=c#d+e", "LOGIN": "user:p/w%41", "PLACE": "h.org:81/a%2Fb?c=d", "ALL": "https://h.org/a%2Fb"}
    assert fill_in_address("json://${LOGIN}@${PLACE}", values) == "json://user:p%2Fw%2541@h.org:81/a%2Fb?c=d"
    assert fill_in_address("json://h.org/x?key=${KEY}&to=a", values) == "json://h.org/x?key=a%26b%3Dc%23d%2Be&to=a"
    assert fill_in_address("${ALL}", values) == values["ALL"]


def test_a_login_in_the_open_is_refused_without_repeating_it(tmp_path: Path) -> None:
    (tmp_path / "feeds.yml").write_text(
        "feeds:\n  - {id: a, publisher: A, kind: blog, homepage: 'https://a.org', url: 'https://u:hush@a.org/f'}\n"
    )
    with pytest.raises(ConfigError, match=r"feeds.yml:2: feeds\[0\].url: holds a user or password") as refused:
        load_settings({"STANCEWATCH_CONFIG": str(tmp_path)})
    assert "hush" not in str(refused.value)


async def test_a_feeds_secrets_go_to_its_host_and_are_shown_nowhere() -> None:
    answers = {
        "/feed?key=k%2Fey-1234": reply(status="301 Moved", Location="/moved?key=k%2Fey-1234"),
        "/moved?key=k%2Fey-1234": reply(b"<rss/>"),
    }
    async with Loopback(dict(answers)) as server, Loopback(dict(answers)) as other:
        values = {"KEY": "k/ey-1234", "U": "user", "P": "hush-hush"}
        url = f"http://${{U}}:${{P}}@{server.host}/feed?key=${{KEY}}"
        secrets = FeedSecrets([url], lambda name: (values[name], ""))
        async with Fetcher(POLICY, frozenset({server.host, other.host}), "0", secrets=secrets) as fetcher:
            outcome = await fetcher.fetch(FetchRequest(url, FetchKind.FEED))
            assert isinstance(outcome, Fetched)
            assert (outcome.url, outcome.permanent_url) == (url, "")
            assert outcome.final_url == f"http://{server.host}/moved?key=${{KEY}}"
            sent = base64.b64encode(b"user:hush-hush").decode()
            asked = [request for request in server.received if "key=" in request.path]
            assert {request.headers.get("authorization") for request in asked} == {f"Basic {sent}"}
            await fetcher.fetch(FetchRequest(f"http://{other.host}/page?x=${{KEY}}", FetchKind.PAGE))
            assert not [request for request in other.received if "1234" in request.path]
            assert not [request for request in other.received if "authorization" in request.headers]


async def test_what_is_not_set_or_would_go_in_the_clear_is_not_asked_for() -> None:
    url = "http://${U}:${P}@news.example/feed"
    async with Fetcher(POLICY, frozenset(), "0", secrets=FeedSecrets([url], lambda _: ("word", ""))) as fetcher:
        outcome = await fetcher.fetch(FetchRequest(url, FetchKind.FEED))
    assert isinstance(outcome, Refused)
    assert outcome.reason == "a login is sent over https only"
    async with Fetcher(POLICY, frozenset(), "0", secrets=FeedSecrets([url], lambda _: ("", ""))) as fetcher:
        outcome = await fetcher.fetch(FetchRequest(url, FetchKind.FEED))
    assert outcome.reason == "U is not set: set it in the environment, or U_FILE"


async def test_the_key_of_one_host_is_no_others() -> None:
    secrets = FeedSecrets(["https://x.org/feed?key=${KEY}"], lambda _: ("sesame", ""))
    assert secrets.open("https://x.org:443/feed?page=2&key=${KEY}").url.endswith("key=sesame")
    older = "https://www.x.org/feed?page=2&key=${KEY}"
    async with Fetcher(POLICY, frozenset(), "0", secrets=secrets) as fetcher:
        outcome = await fetcher.fetch(FetchRequest(older, FetchKind.FEED))
    assert isinstance(outcome, Refused)
    assert outcome.reason == "KEY belongs to another host, and is not told to this one"
    assert secrets.cover_named(older) == older
    assert secrets.why_withheld(older)
    login = "https://u:sesame@www.x.org/map"
    assert secrets.open(secrets.cover_named(login)).url == "https://u:${KEY}@www.x.org/map"
    assert not secrets.why_withheld("https://www.x.org/?own=${ANY}")


@pytest.mark.prefect
async def test_a_login_in_the_address_of_prefect_is_never_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Loopback({"/api/artifacts/filter": reply(status="401 Unauthorized")}) as server:
        address = server.url("/api").replace("://", "://bob:hunter2pw@")
        monkeypatch.setenv("PREFECT_API_URL", address)
        monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
        places, masker = locate({"STANCEWATCH_HOME": str(tmp_path)}), Masker(b"key", [], ())
        with pytest.raises(ArtifactsError) as refused:
            await asyncio.to_thread(delete_artifacts, places, masker)
        assert str(refused.value) == f"Prefect: {server.url('/api')} answers HTTP 401"
        assert len(server.received) == 1
    with pytest.raises(ArtifactsError, match=r"Prefect: http://127.0.0.1:\d+/api does not answer") as silent:
        await asyncio.to_thread(delete_artifacts, places, masker)
    with (
        pytest.raises(PrefectGoneError, match=r"server at http://127.0.0.1:\d+/api does not answer") as gone,
        in_one_line(),
    ):
        raise httpx.ConnectError("refused")
    assert "hunter2pw" not in f"{silent.value} {gone.value}"


@pytest.mark.parametrize("length", range(150, 200, 7))
def test_no_half_of_a_secret_is_left_where_a_reason_is_cut(length: int) -> None:
    key = "sesame-open-sesame"
    cover = FeedSecrets(["https://a.org/?k=${KEY}"], lambda _: (key, "")).cover
    words = "x" * length + key + "y" * 50
    for reason in (reason_of(TooMuchError(words), cover), own_error(ValueError(words), cover)):
        assert key[:6] not in reason
        assert len(reason) == 200
