"""Small boards of what is rare: long names, scores at the very end, seeds of which no day is known."""

from __future__ import annotations

from tests.board.samples import TINY, Json, board


def long_named_board() -> Json:
    """A small board of people with long names, for which a phone has room beside signs that stand far out."""
    data = board(TINY)
    for number, actor in enumerate(data["actors"], 1):
        actor["person"] = f"Wilhelmina Holloway-Cullimore {'I' * number}"
    return data


def sure_board() -> Json:
    """A small board on which everybody is all but wholly for local control, the one a little more than the other."""
    data = board(TINY)
    for row in data["positions"]:
        row |= {"stance": "local", "score": (0.97, 0.99, 0.98, 1.0)[row["actor"]]}
    return data


def seeded_board() -> Json:
    """A small board of which one actor is known by a seed of the year 2015 alone; another changed sides since one."""
    data = board(TINY)
    known = {"at": "2015-01-01T00:00:00Z", "said_in": "2015", "kind": "history", "found_at": None}
    own = next(row for row in data["positions"] if row["actor"] == 0)
    data["positions"] = [row for row in data["positions"] if row["actor"] != 0] + [own | known]
    data["actors"][0] |= {"since": known["at"], "since_in": "2015", "previous_stance": None, "stance": own["stance"]}
    event = next(row for row in data["events"] if row["actor"] != 0)
    before = "central" if event["stance"] == "local" else "local"
    said = {"previous_at": "2015-02-01T00:00:00Z", "previous_in": "2015-02", "previous_stance": before}
    data["events"] = [event | said | {"kind": "shift", "previous_quote": "Then as now."}]
    data["seeds"][0] |= {"published": "2015-02-01", "published_in": "2015-02"}
    data["echoes"] = [data["echoes"][0] | {"seed": 0, "statement": 0, "at": known["at"], "said_in": "2015"}]
    return data
