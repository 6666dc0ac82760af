"""What the stance model sees: cues, who gets power, negation, contrast, context."""

from __future__ import annotations

from extractors.features import FeatureReader

CUES = {
    "LOCAL": ("board", "local leaders"),
    "CENTRE": ("minister", "whitehall"),
    "FREE": ("free", "freedom"),
    "MANDATE": ("comply",),
    "DECIDE": ("decide", "power"),
    "NEGATION": ("not", "never"),
    "CONTRAST": ("but",),
}
READER = FeatureReader(CUES)


def names(text: str, before: str = "", title: str = "") -> set[str]:
    return {name for name, _ in READER.read(text, before, title)}


def test_cues_and_their_order_are_seen() -> None:
    assert {"c:LOCAL", "c:DECIDE", "p:LOCAL>DECIDE"} <= names("Local leaders decide.")
    assert "p:DECIDE>LOCAL" not in names("Local leaders decide.")


def test_negation_turns_a_cue_within_its_clause_only() -> None:
    assert {"c:!FREE"} <= names("Boards are not free.")
    found = names("It is not raining; boards are free.")
    assert "c:FREE" in found
    assert "c:!FREE" not in found


def test_direction_of_a_transfer_is_seen() -> None:
    assert {"r:from>CENTRE", "r:to>LOCAL"} <= names("Power goes from Whitehall to the boards.")
    assert {"r:from>LOCAL", "r:to>CENTRE"} <= names("Power goes from the boards to Whitehall.")


def test_what_follows_but_is_marked() -> None:
    found = names("Boards are free but ministers decide.")
    assert {"a:CENTRE", "a:DECIDE"} <= found
    assert "a:FREE" not in found


def test_both_poles_are_marked() -> None:
    assert "s:localcentral" in names("Boards will be free if they comply.")
    assert "s:local" in names("Boards will be free.")


def test_context_counts_for_few_words_only() -> None:
    assert {"x:CENTRE", "t:FREE"} <= names("It should.", "Ministers asked.", "Freedom at last")
    long = "The clinic moved to the second floor in March and the parking is behind the laundry."
    assert names(long, "Ministers asked.", "Freedom at last") == names(long)


def test_each_feature_stands_once_and_inflections_fall_together() -> None:
    found = [name for name, _ in READER.read("Boards decided, the board decides, boards deciding.")]
    assert len(found) == len(set(found))
    assert "w:decid" in found
