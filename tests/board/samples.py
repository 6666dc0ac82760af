"""Boards of invented news, of any size: the data of the page as the report writes it, without a warehouse."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final, TypeAlias

from flows.summary import summarise
from tests.board.sample_words import ACTOR_TYPES, BODIES, FORENAMES, OUTLETS, QUOTES, SEEDS, SURNAMES, THEMES, TITLES

NOW: Final = datetime(2026, 6, 3, 6, 5, tzinfo=UTC)
Json: TypeAlias = dict[str, Any]
_SIDES: Final = ("local", "central", "balanced")
_LEANING: Final = {
    "government": (3, 6, 2),
    "national_body": (2, 6, 3),
    "membership_body": (7, 1, 2),
    "local_nhs": (6, 2, 2),
    "local_government": (7, 2, 1),
    "union_professional": (3, 5, 1),
    "think_tank": (3, 2, 5),
    "parliament": (3, 4, 2),
    "patient_voluntary": (2, 5, 2),
    "other": (1, 1, 1),
}
"""How often a kind of actor speaks for local control, for central control, for both."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much a board holds."""

    actors: int = 60
    positions: int = 420
    days: int = 420


SMALL: Final = Size()
FEW: Final = Size(actors=5, positions=22, days=120)
TINY: Final = Size(actors=4, positions=8, days=60)
LARGE: Final = Size(actors=150, positions=10_000, days=1_400)


def board(size: Size = SMALL) -> Json:
    """The data of a page; the same for the same size."""
    luck = Random(7)  # noqa: S311 - invented news, not a secret
    actors = [_actor(luck, number) for number in range(size.actors)]
    positions = _positions(luck, actors, size)
    events = _settle(actors, positions)
    return {
        "generated_at": stamp(NOW),
        "version": "0.1.0",
        "sample": True,
        "counts": {
            "articles": size.positions * 2,
            "statements": size.positions * 7,
            "sided": size.positions * 2,
            "actors": size.actors,
            "publishers": len(OUTLETS),
            "feeds": len(OUTLETS) + 1,
        },
        "span": {"first": positions[-1]["at"][:10], "last": positions[0]["at"][:10]},
        "window": _window(size, positions),
        "themes": [{"key": key, "label": label, "covers": covers} for key, label, covers in THEMES],
        "actor_types": [{"key": key, "label": label} for key, label in ACTOR_TYPES],
        "publishers": list(OUTLETS),
        "actors": actors,
        "positions": positions,
        "tallies": _tallies(luck, actors, positions),
        "events": events[:1000],
        "seeds": _seeds(),
        "echoes": _echoes(luck, actors, positions),
        "feeds": _feeds(luck),
        "runs": _runs(luck),
    }


def empty_board() -> Json:
    """A board of a fresh installation: themes and kinds, nothing else."""
    data = board(FEW)
    for name in ("publishers", "actors", "positions", "tallies", "events", "seeds", "echoes", "feeds", "runs"):
        data[name] = []
    data["counts"] = dict.fromkeys(data["counts"], 0)
    data["span"] = {"first": None, "last": None}
    data["window"] = {"since": None, "positions": 0, "of": 0}
    return data


def hostile_board() -> Json:
    """A board whose every text wants to be markup, a formula, a script or an address that runs one."""
    trap = "<img src=x onerror=\"window.trapped=1\"><script>window.trapped=2</script>{{7*7}}${'x'}</script>"
    data = board(FEW)
    for actor in data["actors"]:
        actor["person"] = f"=cmd()|{trap}{actor['person']}"
        actor["organisation"] = f"{trap}'\"; window.trapped=3; //"
    for row in [*data["positions"], *data["events"], *data["echoes"]]:
        row["url"] = "javascript:window.trapped=4"
        row["quote" if "quote" in row else "text"] = f"@SUM(1) {trap} \u202eright to left \u2028 {'W' * 400}"
        if "title" in row:
            row["title"] = trap
    for event in data["events"]:
        event["sources"] = [trap]
        event["previous_url"] = "data:text/html,<script>window.trapped=5</script>"
    for feed in data["feeds"]:
        feed["url"], feed["reason"] = "vbscript:x", trap
    data["publishers"] = [f"{trap}{name}" for name in data["publishers"]]
    for theme in data["themes"]:
        theme["label"] = f"{trap}{theme['label']}"
    return data


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _id(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _actor(luck: Random, number: int) -> Json:
    body, kind = BODIES[number % len(BODIES)]
    is_person = number >= len(BODIES) or number % 3 != 2
    person = f"{FORENAMES[(number * 7) % len(FORENAMES)]} {SURNAMES[(number * 5 + number // 40) % len(SURNAMES)]}"
    return {
        "id": _id("actor", number),
        "person": person if is_person else "",
        "organisation": body,
        "type": kind,
        "statements": luck.randint(1, 60),
    }


def _positions(luck: Random, actors: list[Json], size: Size) -> list[Json]:
    """Positions of all actors, newest first; some are busier than others, some turn."""
    leaning = [luck.choices(_SIDES, _LEANING[actor["type"]])[0] for actor in actors]
    rows = []
    for number in range(size.positions):
        actor = number if number < size.actors else int(size.actors * luck.random() ** 1.7)
        at = NOW - timedelta(minutes=40 + size.days * 1440 * luck.random() ** (1.6 if size is SMALL else 1.1))
        if luck.random() < 0.05:
            leaning[actor] = luck.choice(_SIDES)
        stance = leaning[actor] if luck.random() < 0.93 else luck.choice(_SIDES)
        rows.append(_position(luck, actor, at, stance))
    return sorted(rows, key=lambda row: str(row["at"]), reverse=True)


def _position(luck: Random, actor: int, at: datetime, stance: str) -> Json:
    quote, themes = luck.choice(QUOTES[stance])
    score = {"local": luck.triangular(0.3, 1, 0.9), "central": -luck.triangular(0.3, 1, 0.85)}.get(
        stance, luck.uniform(-0.3, 0.3)
    )
    publisher = int(len(OUTLETS) * luck.random() ** 1.5)
    statement = _id("statement", actor, stamp(at), quote)
    return {
        "actor": actor,
        "at": stamp(at),
        "stance": stance,
        "score": round(score, 3),
        "confidence": round(luck.triangular(0.55, 0.99, 0.9), 3),
        "publisher": publisher,
        "url": f"https://{OUTLETS[publisher].lower().replace(' ', '-').replace('’', '')}.example/{statement}",
        "title": luck.choice(TITLES[stance]),
        "quote": quote,
        "role": luck.choice(("chief executive", "chair", "spokesperson", "director of strategy", "")),
        "themes": sorted({0, *themes}),
        "statement_id": statement,
        "kind": "history",
        "found_at": stamp(at + timedelta(minutes=20)),
    }


def late_board() -> Json:
    """The usual board, but what was found in its last week was found half a year late, and said twice by then."""
    usual = board(SMALL)
    since, now = stamp(NOW - timedelta(days=7)), stamp(NOW + timedelta(days=180))
    rows = []
    for row in usual["positions"]:
        if row["found_at"] > since:
            late = row | {"found_at": now}
            rows += [late | {"kind": "repeat", "statement_id": _id("again", row["statement_id"])}, late]
        else:
            rows.append(row | {"kind": "history", "found_at": None})
    events = [event | {"detected_at": now} for event in usual["events"] if event["detected_at"] > since]
    return usual | {"generated_at": now, "positions": rows, "events": events}


def midnight_board() -> Json:
    """A small board whose newest words were printed a minute after London's midnight of a summer's day."""
    data = board(TINY)
    newest, moment = data["positions"][0], "2026-06-02T23:01:00Z"
    for row in (newest, *data["events"]):
        if row["statement_id"] == newest["statement_id"]:
            row["at"] = moment
    return data


def copied_board() -> Json:
    """A small board with one statement that echoes two of a seed, and a copy of it that echoes one."""
    data = board(TINY)
    one = data["echoes"][0] | {"seed": 0, "statement": 0}
    copy = one | {"statement_id": _id("copy"), "original": one["statement_id"]}
    data["echoes"] = [one, copy, one | {"statement": 1}]
    return data


def _settle(actors: list[Json], positions: list[Json]) -> list[Json]:
    """Kinds of positions, the actors' latest sides, and the events of the last 120 days, newest first."""
    latest: dict[int, Json] = {}
    heard: dict[int, set[int]] = {}
    events = []
    for row in reversed(positions):
        earlier = latest.get(row["actor"])
        fresh = sorted(set(row["themes"]) - heard.setdefault(row["actor"], set()))
        kind = "first" if earlier is None else "shift" if earlier["stance"] != row["stance"] else "theme"
        is_event = kind != "theme" or bool(fresh)
        row["kind"] = kind if is_event else "repeat"
        if is_event and row["at"] > stamp(NOW - timedelta(days=120)):
            events.append(_event(actors[row["actor"]], row, earlier, fresh))
        _remember(actors[row["actor"]], row, earlier)
        latest[row["actor"]] = row
        heard[row["actor"]] |= set(row["themes"])
    return sorted(events, key=lambda event: str(event["detected_at"]), reverse=True)


def _remember(actor: Json, row: Json, earlier: Json | None) -> None:
    if earlier is None or earlier["stance"] != row["stance"]:
        actor["previous_stance"] = earlier["stance"] if earlier else None
        actor["since"] = row["at"]
    actor["stance"], actor["last_at"] = row["stance"], row["at"]


def _event(actor: Json, row: Json, earlier: Json | None, fresh: list[int]) -> Json:
    at = datetime.strptime(row["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    number = int(row["statement_id"], 16)
    others = [OUTLETS[(row["publisher"] + 1 + step * 3) % len(OUTLETS)] for step in range(number % 3)]
    return {
        "id": _id("event", row["statement_id"]),
        "detected_at": stamp(at + timedelta(minutes=20 + number % 15)),
        "previous_stance": earlier["stance"] if earlier else None,
        "previous_at": earlier["at"] if earlier else None,
        "previous_quote": earlier["quote"] if earlier else None,
        "previous_url": earlier["url"] if earlier else None,
        "previous_publisher": OUTLETS[earlier["publisher"]] if earlier else None,
        "new_themes": fresh if row["kind"] == "theme" else [],
        "organisation": actor["organisation"],
        "sources": [OUTLETS[row["publisher"]], *others],
        **{
            name: row[name]
            for name in (
                *("kind", "actor", "at", "stance", "themes", "quote", "role"),
                *("publisher", "title", "url", "confidence", "statement_id"),
            )
        },
    }


def _window(size: Size, positions: list[Json]) -> Json:
    is_whole = size.positions < LARGE.positions
    since = None if is_whole else positions[-1]["at"][:10]
    return {"since": since, "positions": len(positions), "of": len(positions) if is_whole else 48_211}


def _tallies(luck: Random, actors: list[Json], positions: list[Json]) -> list[Json]:
    counted: dict[tuple[str, int, str, int, str], int] = {}
    for row in positions:
        for theme in row["themes"]:
            key = (row["at"][:8] + "01", theme, actors[row["actor"]]["type"], row["publisher"], row["stance"])
            counted[key] = counted.get(key, 0) + luck.randint(1, 3)
            silent = (*key[:4], "none")
            counted[silent] = counted.get(silent, 0) + luck.randint(0, 4)
    names = ("month", "theme", "type", "publisher", "stance")
    return [dict(zip(names, key, strict=True)) | {"n": n} for key, n in sorted(counted.items()) if n]


def _seeds() -> list[Json]:
    return [
        {
            "title": title,
            "publisher": publisher,
            "published": day,
            "url": f"https://seeds.example/{number}",
            "statements": [
                {
                    "id": _id("seed", number, place),
                    "person": person,
                    "organisation": body,
                    "stance": stance,
                    "text": text,
                    "themes": [0, place],
                }
                for place, (person, body, stance, text) in enumerate(statements, 1)
            ],
        }
        for number, (title, publisher, day, statements) in enumerate(SEEDS)
    ]


def _echoes(luck: Random, actors: list[Json], positions: list[Json]) -> list[Json]:
    echoes = []
    for row in positions[:60]:
        seed = luck.randrange(len(SEEDS))
        statement = luck.randrange(len(SEEDS[seed][3]))
        side = SEEDS[seed][3][statement][2]
        relation = "agrees" if side == row["stance"] else "opposes" if {side, row["stance"]} < {*_SIDES[:2]} else ""
        relation = "opposes" if {side, row["stance"]} == {"local", "central"} else relation or "unclear"
        actor = actors[row["actor"]]
        echoes.append(
            {
                "seed": seed,
                "statement": statement,
                "nearness": round(luck.triangular(0.55, 0.95, 0.7), 3),
                "relation": relation,
                "person": actor["person"],
                "organisation": actor["organisation"],
                "text": row["quote"],
                "original": row["statement_id"],
                **{name: row[name] for name in ("stance", "publisher", "at", "url", "statement_id")},
            }
        )
    return echoes


def _feeds(luck: Random) -> list[Json]:
    feeds = []
    troubles = {
        3: ("failed", "HTTP 503, four times in a row", ""),
        6: (
            "retired",
            "HTTP 410: the publisher has closed this feed",
            "look for its new address: stancewatch feeds check",
        ),
        9: ("not_modified", "", "nothing new in 7 days where 12 entries were expected"),
    }
    for number, outlet in enumerate((*OUTLETS, "Fenland Council")):
        status, reason, notice = troubles.get(number, ("ok", "", ""))
        ok = NOW - timedelta(minutes=20 + 13 * number) - timedelta(days=3 * (status in {"failed", "retired"}))
        feeds.append(
            {
                "id": outlet.lower().replace(" ", "-"),
                "publisher": outlet,
                "url": f"https://feeds.example/{number}.xml",
                "status": status,
                "last_ok_at": stamp(ok),
                "failures": 4 if status == "failed" else 1 if status == "retired" else 0,
                "reason": reason,
                "entries_7d": 0 if number in troubles else luck.randint(4, 60),
                "expected_7d": luck.choice((5, 12, 20, 40)),
                "next_fetch_at": stamp(NOW + timedelta(minutes=5 + number)),
                "notice": notice,
            }
        )
    return feeds


def _runs(luck: Random) -> list[Json]:
    runs = []
    for number in range(50):
        start = NOW - timedelta(minutes=5 + 30 * number)
        status = "failed" if number == 7 else "completed"
        runs.append(
            {
                "id": _id("run", number),
                "flow": "digest" if number % 24 == 3 else "monitor",
                "started_at": stamp(start),
                "finished_at": stamp(start + timedelta(seconds=luck.randint(20, 140))),
                "status": status,
                "detail": "the warehouse was locked by another run" if status == "failed" else "",
                "done": summarise(
                    {
                        "feeds_ok": luck.randint(1, 60),
                        "feeds_not_modified": luck.randint(1, 60),
                        "articles_new": luck.randint(0, 30),
                        "articles_edited": luck.randint(0, 3),
                        "events_shift": luck.randint(0, 4),
                        "deliveries_sent": 14,
                    }
                ),
            }
        )
    return runs
