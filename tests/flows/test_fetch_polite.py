"""Turns, gaps, pauses and robots.txt, seen from the server's side."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from flows.fetch import Failed, Fetched, Fetcher, FetchKind, FetchPolicy, FetchRequest, Refused
from tests.flows.loopback import Loopback, Script, drip, reply

SITE = "/.well-known/tdmrep.json"
POLICY = FetchPolicy(total_seconds=1.0, gap_seconds=0.0)


def page(url: str) -> FetchRequest:
    return FetchRequest(url, FetchKind.PAGE)


def gaps(server: Loopback) -> list[float]:
    moments = [request.at for request in server.received]
    return [later - earlier for earlier, later in itertools.pairwise(moments)]


async def test_one_request_in_flight_with_a_gap_between() -> None:
    policy = FetchPolicy(total_seconds=1.0, gap_seconds=0.1)
    slow_answer = drip(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", b"x", 0.02, times=3)
    paths = [f"/{number}" for number in range(4)]
    answers: dict[str, bytes | Script] = dict.fromkeys(paths, slow_answer)
    async with Loopback(answers) as server, Fetcher(policy, frozenset({server.host}), "0") as fetcher:
        got = await asyncio.gather(*(fetcher.fetch(page(server.url(path))) for path in paths))
    assert all(isinstance(outcome, Fetched) for outcome in got)
    assert server.most_in_flight == 1
    assert min(gaps(server)) >= 0.1
    # waiting for a turn is no part of an exchange
    assert max(outcome.seconds for outcome in got) < 0.3


async def test_hosts_of_others_are_spared_whatever_is_configured_for_our_own() -> None:
    async def no_name(_host: str, _port: int) -> tuple[str, ...]:
        return ()

    policy = FetchPolicy(total_seconds=1.0, gap_seconds=0.0, max_wait_seconds=0.5)
    rules = FetchRequest("http://news.example/robots.txt", FetchKind.ROBOTS)
    async with Fetcher(policy, frozenset(), "0", no_name) as fetcher:
        first, second = await fetcher.fetch(rules), await fetcher.fetch(rules)
    assert (type(first), first.reason.partition(":")[0]) == (Failed, "no connection")
    assert (type(second), second.reason) == (
        Refused,
        "the next free turn at news.example is 1 s away: left for a later run",
    )


async def test_waiting_for_a_turn_does_not_use_up_the_time_limit() -> None:
    policy = FetchPolicy(total_seconds=0.15, gap_seconds=0.1)
    paths = [f"/{number}" for number in range(4)]
    async with (
        Loopback(dict.fromkeys(paths, reply(b"x"))) as server,
        Fetcher(policy, frozenset({server.host}), "0") as fetcher,
    ):
        got = await asyncio.gather(*(fetcher.fetch(page(server.url(path))) for path in paths))
    assert all(isinstance(outcome, Fetched) for outcome in got)


async def test_a_longer_crawl_delay_counts() -> None:
    answers: dict[str, bytes | Script] = {
        "/robots.txt": reply(b"User-agent: *\nCrawl-delay: 0.2"),
        "/x": reply(b"x"),
    }
    async with Loopback(answers) as server, Fetcher(POLICY, frozenset({server.host}), "0") as fetcher:
        await fetcher.fetch(page(server.url("/x")))
        await fetcher.fetch(page(server.url("/x")))
    assert server.paths() == ["/robots.txt", SITE, "/x", "/x"]
    assert min(gaps(server)[1:]) >= 0.2


async def test_a_turn_too_far_away_is_left_for_a_later_run() -> None:
    answers: dict[str, bytes | Script] = {"/robots.txt": reply(b"User-agent: *\nCrawl-delay: 7200")}
    async with Loopback(answers) as server, Fetcher(POLICY, frozenset({server.host}), "0") as fetcher:
        outcome = await fetcher.fetch(page(server.url("/x")))
    assert isinstance(outcome, Refused)
    assert "left for a later run" in outcome.reason
    assert outcome.retry_after_seconds in range(7100, 7201)


async def test_too_many_requests_pauses_the_whole_host() -> None:
    policy = FetchPolicy(total_seconds=1.0, gap_seconds=0.01)
    answers: dict[str, bytes | Script] = {"/x": reply(status="429 Slow Down", Retry_After="3600")}
    async with Loopback(answers) as server, Fetcher(policy, frozenset({server.host}), "0") as fetcher:
        first = await fetcher.fetch(page(server.url("/x")))
        second = await fetcher.fetch(page(server.url("/y")))
    assert isinstance(first, Failed)
    assert isinstance(second, Refused)
    assert "/y" not in server.paths()


async def test_robots_is_asked_once_and_obeyed() -> None:
    rules = b"User-agent: stancewatch\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"
    answers: dict[str, bytes | Script] = {"/robots.txt": reply(rules), "/open": reply(b"x")}
    async with Loopback(answers) as server, Fetcher(POLICY, frozenset({server.host}), "0") as fetcher:
        allowed, *denied = await asyncio.gather(
            *(fetcher.fetch(page(server.url(path))) for path in ("/open", "/private/a", "/private/b"))
        )
        side = fetcher.take_side_fetches()
        assert fetcher.take_side_fetches() == ()
    assert isinstance(allowed, Fetched)
    assert all(isinstance(outcome, Refused) for outcome in denied)
    assert denied[0].reason == "robots.txt of 127.0.0.1 does not allow it"
    assert sorted(server.paths()) == [SITE, "/open", "/robots.txt"]
    assert [(outcome.kind, outcome.http_status) for outcome in side] == [
        (FetchKind.ROBOTS, 200),
        (FetchKind.ROBOTS, 404),
    ]


@pytest.mark.parametrize(
    ("answer", "is_allowed"),
    [
        (reply(status="404 Not Found"), True),
        (reply(status="403 Forbidden"), True),
        (reply(status="500 Oh No"), False),
        (reply(status="503 Busy"), False),
        (drip(b"", b"", 0.1), False),
        (reply(status="302 Found", Location="/robots.txt"), True),
        (reply(b"<html>not rules</html>"), True),
        (reply(b""), True),
        (reply(b"\xff\xfe\x00\x01"), True),
        (reply(b"User-agent: *\nDisallow: /x\n" + b"#" * 600_000), False),
    ],
    ids=["404", "403", "500", "503", "stalls", "loop", "html", "empty", "binary", "oversized"],
)
async def test_what_the_state_of_robots_means(answer: bytes | Script, is_allowed: bool) -> None:
    policy = FetchPolicy(total_seconds=0.3, gap_seconds=0.0)
    answers = {"/robots.txt": answer, "/x": reply(b"x")}
    async with Loopback(answers) as server, Fetcher(policy, frozenset({server.host}), "0") as fetcher:
        outcome = await fetcher.fetch(page(server.url("/x")))
    assert isinstance(outcome, Fetched if is_allowed else Failed | Refused), outcome
    assert is_allowed or "robots.txt" in outcome.reason


async def test_the_target_of_a_redirect_has_its_own_robots() -> None:
    async with Loopback({"/robots.txt": reply(b"User-agent: *\nDisallow: /")}) as closed:
        answers: dict[str, bytes | Script] = {"/x": reply(status="302 Found", Location=closed.url("/y"))}
        async with Loopback(answers) as server:
            hosts = frozenset({server.host, closed.host})
            async with Fetcher(POLICY, hosts, "0") as fetcher:
                outcome = await fetcher.fetch(page(server.url("/x")))
    assert isinstance(outcome, Refused)
    assert closed.paths() == ["/robots.txt"]
    assert outcome.final_url == closed.url("/y")
