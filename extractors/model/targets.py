"""What networks learn from: statements in context with hard targets (labels), soft ones (the teacher's), or both."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from extractors.clauses import sentences
from extractors.encoder import Floats
from extractors.heads import SIDES
from extractors.records import Stance, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractors.model.examples import Example

FOLDS: Final = 5
"""Into so many parts the batches are dealt: no teacher judges a statement of a batch that it learnt from."""
SMOOTHING: Final = 0.04
TRUST: Final = 0.6
"""How much the teacher's judgement counts beside the label of the same statement."""
PLAIN_TIMES: Final = 3
"""How often a statement is shown in each pass that the teacher was not asked about."""
POOL_SHARE: Final = 0.4
"""How much of what the teacher was asked about without labels is learnt from."""
_SEED: Final = 20261127
_FEWEST_WORDS, _MOST_WORDS = 6, 130


@dataclass(frozen=True, slots=True)
class Words:
    """A statement with the sentence before it and the headline; ``fold`` is None if it belongs to no training batch."""

    text: str
    before: str
    title: str
    fold: int | None = None

    @property
    def key(self) -> str:
        """Names the words in the file of soft labels."""
        return hashlib.sha256(f"{self.text}\0{self.before}\0{self.title}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Target:
    """Words and what is to be found in them: shape (sides + themes,), the chance of each side and of each theme."""

    words: Words
    values: Floats


def folds(train: Sequence[Example]) -> dict[str, int]:
    """The part of each training batch."""
    batches = sorted({example.batch for example in train})
    random.Random(_SEED).shuffle(batches)  # noqa: S311 - an order, no secret
    return {batch: at % FOLDS for at, batch in enumerate(batches)}


def words_of(example: Example, part: Mapping[str, int]) -> Words:
    """An example without its labels."""
    return Words(example.text, example.before, example.title, part.get(example.batch))


def labelled(example: Example, part: Mapping[str, int]) -> Target:
    """A target from labels alone: the side, a little smoothed, and each theme by the share of readers who gave it."""
    is_sided = example.stance is not Stance.NONE
    gate = 1 - SMOOTHING / 2 if is_sided else SMOOTHING / 2
    sides = np.array([side is example.stance if is_sided else 1 / len(SIDES) for side in SIDES])
    shares = (1 - SMOOTHING) * sides + SMOOTHING / len(SIDES)
    themes = [example.theme_share(theme) for theme in Theme]
    return Target(words_of(example, part), np.array([*(gate * shares), *themes], np.float32))


def soft_target(logits: Floats) -> Floats:
    """The target that a network's logits, shape (1 + sides + themes,), amount to."""
    gate, sides, themes = logits[0], logits[1 : 1 + len(SIDES)], logits[1 + len(SIDES) :]
    odds = np.exp(sides - sides.max())
    found: Floats = np.concatenate([_sigmoid(gate) * odds / odds.sum(), _sigmoid(themes)]).astype(np.float32)
    return found


def distilled(train: Sequence[Example], soft: Mapping[str, Floats]) -> list[Target]:
    """What the network learns: labels and soft labels together, and soft labels alone of the pool's.

    Statements that the teacher was not asked about are learnt from their labels, ``PLAIN_TIMES`` over: in their
    context, and bare.

    Args:
        train: The labelled examples.
        soft: The teacher's logits by key (`extractors.model.soft_labels`).
    """
    part = folds(train)
    known = [labelled(example, part) for example in train]
    judged = [one for one in known if one.words.key in soft]
    mixed = [Target(one.words, (1 - TRUST) * one.values + TRUST * soft_target(soft[one.words.key])) for one in judged]
    for one in [one for one in known if one.words.key not in soft]:
        mixed += [one] * (PLAIN_TIMES - 1) + [Target(replace(one.words, before="", title=""), one.values)]
    asked = [words for words in pool(train, part) if words.key in soft]
    order = np.random.default_rng(1).permutation(len(asked))[: int(POOL_SHARE * len(asked))]
    return mixed + [Target(asked[at], soft_target(soft[asked[at].key])) for at in order]


def pool(train: Sequence[Example], part: Mapping[str, int]) -> list[Words]:
    """Words without labels, made from the training examples: what a network can be asked about to learn from it.

    Single sentences of longer statements, statements without what stands around them, and two statements of an article
    or batch run together, as people do who wander before they take a side.
    """
    found = [*_sentences(train, part), *_bare(train, part), *_rambling(train, part)]
    known = {words_of(example, part).key for example in train}
    return list({words.key: words for words in found if words.key not in known}.values())


def _sentences(train: Sequence[Example], part: Mapping[str, int]) -> Iterator[Words]:
    for example in train:
        spans = sentences(example.text)
        before = example.before
        for start, end in spans if len(spans) > 1 else ():
            text = example.text[start:end]
            if len(text.split()) >= _FEWEST_WORDS:
                yield Words(text, before, example.title, part[example.batch])
            before = text


def _bare(train: Sequence[Example], part: Mapping[str, int]) -> Iterator[Words]:
    for example in train:
        if example.before or example.title:
            yield Words(example.text, "", "", part[example.batch])


def _rambling(train: Sequence[Example], part: Mapping[str, int]) -> Iterator[Words]:
    shuffled = random.Random(_SEED)  # noqa: S311 - an order, no secret
    by_batch: dict[str, list[Example]] = {}
    for example in train:
        by_batch.setdefault(example.batch, []).append(example)
    for batch in sorted(by_batch):
        examples = by_batch[batch]
        for example in examples:
            other = shuffled.choice([one for one in examples if one.stance is Stance.NONE] or examples)
            pair = [example, other]
            shuffled.shuffle(pair)
            text = " ".join(one.text for one in pair)
            if other is not example and len(text.split()) <= _MOST_WORDS:
                yield Words(text, pair[0].before, pair[0].title, part[batch])


def _sigmoid(logit: Floats) -> Floats:
    found: Floats = (1 / (1 + np.exp(-logit))).astype(np.float32)
    return found
