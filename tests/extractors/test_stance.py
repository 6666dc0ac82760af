"""The stance model at run time, and the arithmetic of an actor's stance."""

from __future__ import annotations

import json
import pickle
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from extractors.heads import ModelError
from extractors.records import ActorType, Document, Passage, QuoteKind, Speaker, Stance, StanceLabel, Theme
from extractors.stance import StanceModel, actor_stance
from extractors.theme_words import ThemeWords

MODEL = Path(__file__).parents[2] / "extractors" / "model"
HEADS, ENCODER, WORDS = MODEL / "stance.json", MODEL / "encoder.bin", MODEL / "themes.bin"
SPEAKER = Speaker("", "", "", ActorType.OTHER)
L, C, B, N = Stance.LOCAL, Stance.CENTRAL, Stance.BALANCED, Stance.NONE


@pytest.fixture(scope="module")
def model() -> StanceModel:
    return StanceModel.from_bytes(HEADS.read_bytes(), ENCODER.read_bytes(), WORDS.read_bytes())


def label(model: StanceModel, text: str, before: str = "") -> tuple[StanceLabel, str]:
    lead = f"{before} " if before else ""
    document = Document(text=lead + text)
    found, _ = model.read(document, Passage(len(lead), len(document.text), SPEAKER, QuoteKind.DIRECT))
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


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (
            "Trust leaders in the valley, who asked not to be named, said Whitehall should let the region sort it out.",
            "said Whitehall should let the region sort it out.",
        ),
        (
            "I have changed my mind. Ministers must set one standard and make it compulsory, as they used to",
            "Ministers must set one standard and make it compulsory",
        ),
        ("It rained, but ministers must set one standard for all", "ministers must set one standard for all"),
    ],
)
def test_evidence_is_what_takes_the_side_not_what_stands_beside_it(
    model: StanceModel, text: str, evidence: str
) -> None:
    assert label(model, text, before="It rained.")[1] == evidence


def test_evidence_of_none_is_the_whole_statement(model: StanceModel) -> None:
    text = "The scanner was delivered on Tuesday, and the old one went for scrap."
    found, evidence = label(model, text, before="A crowd had gathered.")
    assert (found.stance, evidence) == (N, text)


def test_speaker_stays_out_of_it(model: StanceModel) -> None:
    document = Document(text="Hospitals should be left to run themselves, and officials should keep out.")
    minister = Speaker("Ada Birch", "health secretary", "Department of Health", ActorType.GOVERNMENT)
    nobody = Passage(0, len(document.text), SPEAKER, QuoteKind.DIRECT)
    somebody = Passage(0, len(document.text), minister, QuoteKind.AUTHORED)
    assert model.read(document, nobody) == model.read(document, somebody)


def test_a_side_carries_the_theme_of_the_axis(model: StanceModel) -> None:
    document = Document(text="Let local leaders decide, and get London out of the way.")
    found, themes = model.read(document, Passage(0, len(document.text), SPEAKER, QuoteKind.DIRECT))
    assert found.stance is L
    assert Theme.AUTONOMY_CONTROL in themes
    assert list(themes) == [theme for theme in Theme if theme in themes]


def test_a_named_theme_is_likelier_and_no_more(model: StanceModel) -> None:
    document = Document(
        text="The eye clinic moved to the second floor in March, and parking is behind the old laundry."
    )
    passage = Passage(0, len(document.text), SPEAKER, QuoteKind.DIRECT)
    label_alone, alone = model.read(document, passage)
    found = {theme: model.read(document, passage, {theme}) for theme in Theme}
    assert all(label == label_alone for label, _ in found.values())
    assert all(set(alone) <= set(themes) <= {*alone, theme} for theme, (_, themes) in found.items())
    assert len([theme for theme, (_, themes) in found.items() if theme in themes]) < len(Theme)


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
        model.read(Document(text="ten chars!"), Passage(start, end, SPEAKER, QuoteKind.DIRECT))


def test_artefact_is_small_and_names_its_version(model: StanceModel) -> None:
    assert sum(file.stat().st_size for file in (HEADS, ENCODER, WORDS)) < 30_000_000
    assert model.version.startswith("minilm-")
    assert 0.5 < model.alert_threshold < 1


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff\xfe\xff", b'{"version": "x", "alert_threshold": "high"}'])
def test_broken_heads_are_one_clear_error(data: bytes) -> None:
    with pytest.raises(ModelError, match="make train"):
        StanceModel.from_bytes(data, ENCODER.read_bytes(), WORDS.read_bytes())


def test_an_encoder_of_other_heads_is_refused() -> None:
    with pytest.raises(ModelError, match=r"encoder\.bin is not the one"):
        StanceModel.from_bytes(HEADS.read_bytes(), ENCODER.read_bytes()[:-1], WORDS.read_bytes())


def test_words_of_other_heads_are_refused() -> None:
    with pytest.raises(ModelError, match=r"themes\.bin is not the one"):
        StanceModel.from_bytes(HEADS.read_bytes(), ENCODER.read_bytes(), WORDS.read_bytes()[:-1])


def test_words_of_statement_and_headline_add_up_once_each() -> None:
    own, title = np.eye(4, 3, dtype=np.float32), 10 * np.ones((4, 3), np.float32)
    words = ThemeWords.from_bytes(ThemeWords(own, title).to_bytes())
    assert words.logits([0, 1, 1], [3, 3]) == pytest.approx([11, 11, 10], rel=0.01)
    assert words.logits([], []) == pytest.approx([0, 0, 0])


def test_unknown_calibration_is_refused() -> None:
    raw = json.loads(HEADS.read_bytes())
    raw["calibration"]["extra"] = 1.0
    with pytest.raises(ModelError, match="extra"):
        StanceModel.from_bytes(json.dumps(raw).encode(), ENCODER.read_bytes(), WORDS.read_bytes())


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
