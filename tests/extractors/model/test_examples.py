"""The training data and the rules of its split."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractors.model import examples
from extractors.model.examples import DataError, Example
from extractors.records import Stance, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = Path(examples.__file__).parent / "data"
ONE = Example(
    text="Let each town decide for itself how its clinic is to be run from now on.",
    before="",
    title="",
    stance=Stance.LOCAL,
    themes=(Theme.AUTONOMY_CONTROL,),
    topic="clinics",
    batch="one",
)
HELD_OUT = min(examples.HELD_OUT)


def share_without_side(statements: Sequence[Example]) -> float:
    return sum(example.stance is Stance.NONE for example in statements) / len(statements)


def test_data_keeps_the_promises_of_the_model_card() -> None:
    split = examples.read(DATA)
    both = (*split.train, *split.test)
    assert len(both) >= 900
    assert len(split.test) >= 150
    assert len({example.topic for example in both}) >= 30
    harder = [example for example in both if not example.batch.startswith(("zp", "zq"))]  # all but the plain batches
    assert share_without_side(harder) >= 0.55
    assert share_without_side(both) >= 0.5
    assert not {example.batch for example in split.train} & {example.batch for example in split.test}
    assert not {example.topic for example in split.train} & {example.topic for example in split.test}
    assert set(Counter(example.stance for example in split.test)) == set(Stance)


def test_no_statement_stands_twice() -> None:
    split = examples.read(DATA)
    texts = Counter((example.before, example.text) for example in (*split.train, *split.test))
    assert [text for text, count in texts.items() if count > 1] == []


def test_a_topic_on_both_sides_is_refused() -> None:
    other = replace(ONE, text="The rain in the valley has not stopped since May.", batch=HELD_OUT)
    with pytest.raises(DataError, match="both sides of the split: clinics"):
        examples.split([ONE, other])


def test_a_near_duplicate_across_the_split_is_refused() -> None:
    near = replace(ONE, text=ONE.text.replace("clinic", "hospital"), batch=HELD_OUT, topic="hospitals")
    with pytest.raises(DataError, match="near-duplicates"):
        examples.split([ONE, near])


def test_distinct_statements_pass() -> None:
    other = replace(ONE, text="The rain in the valley has not stopped since May.", batch=HELD_OUT, topic="rain")
    split = examples.split([ONE, other])
    assert (split.train, split.test) == ((ONE,), (other,))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{}", "KeyError"),
        ("no json", "JSONDecodeError"),
        ('{"text":"a","before":"","title":"","stance":"left","themes":[],"topic":"t","batch":"b"}', "ValueError"),
        (
            '{"text":"a","before":"","title":"","stance":"local","themes":[],"topic":"t","batch":"b"}',
            "autonomy_control",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "bad.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"bad\.jsonl:1: .*{reason}"):
        examples.read(tmp_path)
