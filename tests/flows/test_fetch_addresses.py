"""No request reaches an address that is not public, whatever names, spellings and redirects say."""

from __future__ import annotations

import pytest

from flows.fetch import Failed, Fetched, Fetcher, FetchKind, FetchPolicy, FetchRequest, Refused
from tests.flows.loopback import Loopback, Script, reply

POLICY = FetchPolicy(total_seconds=1.0, gap_seconds=0.0)


async def no_name(host: str, _port: int) -> tuple[str, ...]:
    raise AssertionError(f"{host} was looked up")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "[::1]", "[::]", "0.0.0.0",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]",
        "[64:ff9b:1::1]", "[fe80::1]", "[fe80::1%25lo]", "[fd00:ec2::254]", "[ff02::1]", "[2001:db8::1]",
        "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
        "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.0.0.192", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "168.63.129.16", "printer.local", "api.localhost", "metadata.google.internal",
        "127.0.0.1.", "a%00b.example", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", ["directly", "by redirect"])
async def test_no_spelling_of_an_address_gets_through(host: str, way: str) -> None:
    async with Loopback() as canary, Loopback() as server:
        target = f"http://{host}:{canary.port}/x"
        server.answers["/x"] = reply(status="302 Found", Location=target)
        url = target if way == "directly" else server.url("/x")
        async with Fetcher(POLICY, frozenset({server.host}), "0", no_name) as fetcher:
            outcome = await fetcher.fetch(FetchRequest(url, FetchKind.PAGE))
    assert isinstance(outcome, Refused), outcome
    assert outcome.reason
    assert canary.connections == 0


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://news.example/x", "javascript:alert(1)", "/etc/passwd", "", "http://", "data:,x",
     "http://user:secret@news.example/", "http://user@news.example/", "http://news.example\\@127.0.0.1/",
     "http://exa\nmple.com/", "http://[::1/", "gopher://news.example/"],
)  # fmt: skip
async def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    async with Fetcher(POLICY, frozenset(), "0", no_name) as fetcher:
        outcome = await fetcher.fetch(FetchRequest(url, FetchKind.PAGE))
    assert isinstance(outcome, Refused)
    assert outcome.url == url
    assert outcome.http_status is None


async def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    async def resolve(_host: str, _port: int) -> tuple[str, ...]:
        return "93.184.215.14", "10.0.0.7"

    async with Fetcher(POLICY, frozenset(), "0", resolve) as fetcher:
        outcome = await fetcher.fetch(FetchRequest("http://news.example/x", FetchKind.PAGE))
    assert isinstance(outcome, Refused)
    assert outcome.reason == "news.example leads to 10.0.0.7, which is not a public address"


async def test_a_name_that_changes_its_address_is_caught_at_the_connection() -> None:
    async with Loopback() as canary:
        asked: list[str] = []

        async def resolve(host: str, _port: int) -> tuple[str, ...]:
            asked.append(host)
            return ("127.0.0.1",)

        async with Fetcher(POLICY, frozenset(), "0", resolve) as fetcher:
            outcome = await fetcher.fetch(FetchRequest(f"http://news.example:{canary.port}/x", FetchKind.PAGE))
    assert isinstance(outcome, Refused)
    assert asked == ["news.example"]
    assert canary.connections == 0


async def test_the_connection_goes_to_the_checked_address_under_the_name() -> None:
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    answers: dict[str, bytes | Script] = {
        "/robots.txt": reply(b"User-agent: *\nDisallow: /.well-known/"),
        "/x": reply(b"intranet"),
    }
    async with Loopback(answers) as server:
        local = f"News.intranet.example:{server.port}"
        async with Fetcher(POLICY, frozenset({local}), "0", resolve) as fetcher:
            outcome = await fetcher.fetch(FetchRequest(f"http://news.intranet.example:{server.port}/x", FetchKind.PAGE))
    assert isinstance(outcome, Fetched)
    assert asked == ["news.intranet.example"]
    assert server.received[-1].headers["host"] == local.lower()


async def test_local_hosts_hold_for_their_port_alone() -> None:
    async with (
        Loopback({"/x": reply(b"x")}) as listed,
        Loopback({"/x": reply(b"x")}) as other,
        Fetcher(POLICY, frozenset({listed.host}), "0") as fetcher,
    ):
        allowed = await fetcher.fetch(FetchRequest(listed.url("/x"), FetchKind.PAGE))
        refused = await fetcher.fetch(FetchRequest(other.url("/x"), FetchKind.PAGE))
    assert isinstance(allowed, Fetched)
    assert isinstance(refused, Refused)
    assert other.connections == 0


async def test_the_next_address_is_tried_when_one_is_dead() -> None:
    async def resolve(_host: str, _port: int) -> tuple[str, ...]:
        return "127.0.0.2", "127.0.0.1"

    async with Loopback({"/x": reply(b"x")}) as server:
        local = f"two.example:{server.port}"
        async with Fetcher(POLICY, frozenset({local}), "0", resolve) as fetcher:
            outcome = await fetcher.fetch(FetchRequest(f"http://{local}/x", FetchKind.PAGE))
    assert isinstance(outcome, Fetched)


async def test_a_name_without_an_address_is_a_failure_with_its_reason() -> None:
    async def resolve(_host: str, _port: int) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    async with Fetcher(POLICY, frozenset(), "0", resolve) as fetcher:
        outcome = await fetcher.fetch(FetchRequest("http://nowhere.example/robots.txt", FetchKind.ROBOTS))
    assert isinstance(outcome, Failed)
    assert outcome.reason == "no connection: nowhere.example cannot be resolved: Name or service not known"


async def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Loopback() as proxy, Loopback({"/x": reply(b"x")}) as server:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        async with Fetcher(POLICY, frozenset({server.host}), "0") as fetcher:
            outcome = await fetcher.fetch(FetchRequest(server.url("/x"), FetchKind.PAGE))
    assert isinstance(outcome, Fetched)
    assert proxy.connections == 0


async def test_a_mistake_of_ours_is_an_outcome_with_its_name() -> None:
    async def resolve(_host: str, _port: int) -> tuple[str, ...]:
        raise ZeroDivisionError("nobody thought of this")

    async with Fetcher(POLICY, frozenset(), "0", resolve) as fetcher:
        outcome = await fetcher.fetch(FetchRequest("http://news.example/robots.txt", FetchKind.ROBOTS))
    assert isinstance(outcome, Failed)
    assert outcome.reason == "our own error, please report it: ZeroDivisionError: nobody thought of this"
