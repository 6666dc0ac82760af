"""What networks learn from: targets of labels and of soft labels, and the words made to ask a teacher about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from extractors.heads import SIDES
from extractors.model import soft_labels
from extractors.model.examples import Example
from extractors.model.targets import (
    FOLDS,
    PLAIN_TIMES,
    POOL_SHARE,
    TRUST,
    distilled,
    folds,
    labelled,
    pool,
    soft_target,
    words_of,
)
from extractors.records import Stance, Theme

if TYPE_CHECKING:
    from pathlib import Path

LONG = Example(
    text="We opened the ward on a Monday in the rain. Nobody in London asked us how. Let that stay so, if you please.",
    before="He laughed.",
    title="A ward opens",
    stance=Stance.LOCAL,
    themes=(Theme.AUTONOMY_CONTROL, Theme.WORKFORCE),
    topic="wards",
    batch="one",
    second=(Theme.AUTONOMY_CONTROL,),
)
SHORT = replace(
    LONG, text="The lift was out of order for the whole of that week.", stance=Stance.NONE, themes=(), second=()
)


def test_a_label_becomes_chances_of_sides_and_themes() -> None:
    target = labelled(LONG, {"one": 3})
    assert target.words.fold == 3
    sides = dict(zip(SIDES, target.values, strict=False))
    assert max(sides, key=lambda side: sides[side]) is Stance.LOCAL
    assert 0.9 < sum(sides.values()) < 1
    themes = dict(zip(Theme, target.values[len(SIDES) :], strict=True))
    assert (themes[Theme.AUTONOMY_CONTROL], themes[Theme.WORKFORCE], themes[Theme.FINANCE]) == (1.0, 0.5, 0.0)
    nothing = labelled(SHORT, {"one": 3}).values[: len(SIDES)]
    assert sum(nothing) < 0.1
    assert len(set(nothing)) == 1


def test_logits_become_the_same_kind_of_target() -> None:
    logits = np.array([0.0, 5.0, 5.0, -50.0, *[-50.0] * len(Theme)], np.float32)
    assert soft_target(logits)[: len(SIDES)] == pytest.approx([0.25, 0.25, 0.0])
    assert soft_target(logits)[len(SIDES) :].max() < 1e-6


def test_batches_are_dealt_whole_and_evenly() -> None:
    train = [replace(LONG, batch=f"batch {at}") for at in range(2 * FOLDS)]
    part = folds(train)
    assert sorted(part.values()) == sorted([*range(FOLDS)] * 2)
    assert part == folds(train[::-1])


def test_a_teacher_is_asked_about_sentences_bare_words_and_rambling() -> None:
    train = [LONG, SHORT]
    asked = pool(train, folds(train))
    texts = [words.text for words in asked]
    assert "Let that stay so, if you please." in texts
    assert "Nobody in London asked us how." in texts
    assert any(words.text == LONG.text and not words.before for words in asked)
    assert any(LONG.text in text and SHORT.text in text for text in texts)
    assert {words.fold for words in asked} == {folds(train)["one"]}
    assert not {words.key for words in asked} & {words_of(example, {}).key for example in train}
    following = next(words for words in asked if words.text.startswith("Nobody in London"))
    assert following.before == "We opened the ward on a Monday in the rain."


def test_soft_labels_come_back_and_are_mixed_with_labels(tmp_path: Path) -> None:
    train = [LONG, SHORT]
    part = folds(train)
    asked = [*(words_of(example, part) for example in train), *pool(train, part)]
    heads = 1 + len(SIDES) + len(Theme)
    logits = np.linspace(-3, 3, len(asked) * heads, dtype=np.float32).reshape(-1, heads)
    soft_labels.write(tmp_path / "soft.npz", [words.key for words in asked], logits)
    soft = soft_labels.read(tmp_path / "soft.npz")
    assert soft[asked[-1].key] == pytest.approx(logits[-1], abs=0.01)
    found = distilled(train, soft)
    assert len(found) == len(train) + int(POOL_SHARE * (len(asked) - len(train)))
    mixed = (1 - TRUST) * labelled(LONG, part).values + TRUST * soft_target(soft[asked[0].key])
    assert found[0].values == pytest.approx(mixed)
    for target in found[len(train) :]:
        assert target.values == pytest.approx(soft_target(soft[target.words.key]))


def test_what_the_teacher_was_not_asked_about_is_learnt_from_its_label() -> None:
    found = distilled([LONG], {})
    assert len(found) == PLAIN_TIMES
    assert all(target.values == pytest.approx(labelled(LONG, folds([LONG])).values) for target in found)
    assert [target.words.text for target in found] == [LONG.text] * PLAIN_TIMES
    assert [bool(target.words.title) for target in found] == [bool(LONG.title)] * (PLAIN_TIMES - 1) + [False]
