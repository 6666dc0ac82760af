"""The stance model at run time, and the arithmetic of an actor's stance."""

from __future__ import annotations

import json
import pickle
import time
from itertools import product
from pathlib import Path

import pytest

from extractors.records import ActorType, Document, Passage, QuoteKind, Speaker, Stance, StanceLabel
from extractors.stance import ModelError, StanceModel, actor_stance

ARTEFACT = Path(__file__).parents[2] / "extractors" / "model" / "stance.json"
SPEAKER = Speaker("", "", "", ActorType.OTHER)
L, C, B, N = Stance.LOCAL, Stance.CENTRAL, Stance.BALANCED, Stance.NONE


@pytest.fixture(scope="module")
def model() -> StanceModel:
    return StanceModel.from_json(ARTEFACT.read_bytes())


def label(model: StanceModel, text: str, before: str = "") -> tuple[StanceLabel, str]:
    lead = f"{before} " if before else ""
    document = Document(text=lead + text)
    found = model.label(document, Passage(len(lead), len(document.text), SPEAKER, QuoteKind.DIRECT))
    return found, document.text[found.evidence_start : found.evidence_end]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Local boards must be free to decide for themselves, without interference from Whitehall.", L),
        ("We want ministers to stop micromanaging hospitals and let clinicians get on with it.", L),
        ("The government must impose one national standard that every trust is obliged to meet.", C),
        ("Ministers will step in and take over any board that fails to comply with the national rules.", C),
        ("The eye clinic moved to the second floor in March, and parking is behind the old laundry.", N),
        ("Nurses deserve a proper pay rise after the winter they have had.", N),
        ("Our partnership with the council goes from strength to strength.", N),
    ],
)
def test_plain_cases_are_told_apart(model: StanceModel, text: str, stance: Stance) -> None:
    found, _ = label(model, text)
    assert found.stance is stance


def test_score_points_to_the_side_and_none_lies_near_zero(model: StanceModel) -> None:
    local, _ = label(model, "Let local leaders decide, and get London out of the way.")
    central, _ = label(model, "There must be one national rule, enforced by ministers in every hospital.")
    nothing, _ = label(model, "The new scanner was delivered on Tuesday.")
    assert -1 <= central.score < -0.3 < 0.3 < local.score <= 1
    assert abs(nothing.score) < 0.2
    assert all(0 <= found.confidence <= 1 for found in (local, central, nothing))


def test_evidence_is_a_clause_inside_the_statement(model: StanceModel) -> None:
    text = (
        "It has been a long winter for all of us; local leaders must be free to decide for themselves, "
        "without interference from Whitehall."
    )
    found, evidence = label(model, text, before="He spoke for an hour.")
    assert found.stance is L
    assert evidence in text
    assert len(evidence) < len(text)
    assert "winter" not in evidence


def test_evidence_of_none_is_the_whole_statement(model: StanceModel) -> None:
    text = "The scanner was delivered on Tuesday, and the old one went for scrap."
    found, evidence = label(model, text, before="A crowd had gathered.")
    assert (found.stance, evidence) == (N, text)


def test_speaker_stays_out_of_it(model: StanceModel) -> None:
    document = Document(text="Hospitals should be left to run themselves, and officials should keep out.")
    minister = Speaker("Ada Birch", "health secretary", "Department of Health", ActorType.GOVERNMENT)
    nobody = Passage(0, len(document.text), SPEAKER, QuoteKind.DIRECT)
    somebody = Passage(0, len(document.text), minister, QuoteKind.AUTHORED)
    assert model.label(document, nobody) == model.label(document, somebody)


def test_only_the_short_statement_leans_on_the_sentence_before(model: StanceModel) -> None:
    short = "We would like that to go on."
    long = "The clinic moved to the second floor in March, and the parking is behind the old laundry on Hill Road."
    lead = "Ministers will impose national rules and take over every board that does not comply."
    assert label(model, short, lead)[0] != label(model, short)[0]
    assert label(model, long, lead)[0].score == label(model, long)[0].score


def test_label_does_not_depend_on_what_was_labelled_before(model: StanceModel) -> None:
    texts = ["Let the wards decide.", "Every trust must comply.", "It rained."]
    forwards = [label(model, text) for text in texts]
    backwards = [label(model, text) for text in reversed(texts)]
    assert forwards == backwards[::-1]


def test_model_survives_pickling(model: StanceModel) -> None:
    again: StanceModel = pickle.loads(pickle.dumps(model))  # noqa: S301 - our own bytes, made in this line
    text = "Boards should be free to spend their surpluses as they see fit."
    assert label(again, text) == label(model, text)
    assert again.version == model.version


@pytest.mark.parametrize("text", ["?", "£5", "—", "\n", "İ" * 50, "a" * 5000, "no " * 5000, ", but " * 3000])
def test_odd_text_is_labelled_within_bounds(model: StanceModel, text: str) -> None:
    found, evidence = label(model, text)
    assert evidence
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 4), (0, 99)])
def test_passage_outside_the_text_is_refused(model: StanceModel, start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 10"):
        model.label(Document(text="ten chars!"), Passage(start, end, SPEAKER, QuoteKind.DIRECT))


def test_two_hundred_statements_a_second_at_least(model: StanceModel) -> None:
    text = (
        "Too much is prescribed in London, she said, and although the money is welcome, trusts should be free to "
        "choose how they spend it; the department must set the goal, and then it must leave the means to boards."
    )
    label(model, text)
    started = time.perf_counter()
    for _ in range(100):
        label(model, text)
    assert time.perf_counter() - started < 0.5


def test_artefact_is_small_and_names_its_version(model: StanceModel) -> None:
    assert ARTEFACT.stat().st_size < 2_000_000
    assert model.version.startswith("linear-1.")
    assert 0.5 < model.alert_threshold < 1


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff\xfe\xff", b'{"version": "x", "alert_threshold": "high"}'])
def test_broken_artefact_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(ModelError, match=r"python -m extractors\.model\.train"):
        StanceModel.from_json(data)


def test_unknown_calibration_is_refused() -> None:
    raw = json.loads(ARTEFACT.read_bytes())
    raw["calibration"]["extra"] = 1.0
    with pytest.raises(ModelError, match="extra"):
        StanceModel.from_json(json.dumps(raw).encode())


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ([], N),
        ([N, N], N),
        ([L, N, N], L),
        ([C], C),
        ([B], B),
        ([L, C], B),
        ([L, L, C], B),
        ([L, L, L, C], L),
        ([C, C, C, C, L, L], B),
        ([C, C, C, C, C, L, L], C),
        ([L, B], L),
        ([C, B], C),
        ([L, B, B], B),
        ([L, L, L, C, B, B, B], L),
        ([L, L, L, C, B, B, B, B], B),
    ],
)
def test_actor_stance_follows_the_codebook(stances: list[Stance], expected: Stance) -> None:
    assert actor_stance(stances) is expected
    assert actor_stance([*reversed(stances), N]) is expected


@pytest.mark.parametrize(("local", "central", "balanced"), list(product(range(6), repeat=3)))
def test_actor_stance_agrees_with_the_rule_for_all_small_counts(local: int, central: int, balanced: int) -> None:
    found = actor_stance([L] * local + [C] * central + [B] * balanced)
    rarer_is_half = min(local, central) > 0 and min(local, central) / max(local, central) >= 0.5
    outnumber = balanced > max(local, central)
    if local == central == balanced == 0:
        assert found is N
    elif rarer_is_half or outnumber:
        assert found is B
    else:
        assert found is (L if local > central else C)
    mirrored = actor_stance([C] * local + [L] * central + [B] * balanced)
    assert mirrored is {L: C, C: L, B: B, N: N}[found]
