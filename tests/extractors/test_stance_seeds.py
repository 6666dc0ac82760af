"""The seed documents, where they lie beside the project: what their speakers must add up to."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.model.evaluate import read_model
from extractors.records import ActorType, Document, Passage, QuoteKind, Speaker, Stance
from extractors.stance import actor_stance

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
SPEAKER = Speaker("", "", "", ActorType.OTHER)
L, C, B, N = Stance.LOCAL, Stance.CENTRAL, Stance.BALANCED, Stance.NONE

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents (../shared/seeds) are not here")


@pytest.mark.parametrize(
    ("seed", "lines", "allowed"),
    [
        pytest.param("002", range(8, 17), {L}, id="Webster"),
        pytest.param("001", range(25, 30), {L}, id="Dickson"),
        pytest.param("001", range(31, 32), {N}, id="Milligan"),
        pytest.param("001", range(33, 36), {N}, id="Cash"),
        pytest.param("001", range(37, 40), {N}, id="Saviour"),
        pytest.param("003", range(6, 8), {N}, id="Summers"),
        pytest.param("000", range(1, 11), {L, B}, id="Mackey"),
        pytest.param("004", range(10, 45), {L, B}, id="Hopson"),
    ],
)
def test_speakers_of_the_seeds_add_up(seed: str, lines: range, allowed: set[Stance]) -> None:
    model = read_model()
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    text = path.read_text(encoding="utf-8")
    found = []
    position = 0
    printed: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        body = line.strip()
        is_pull_quote = any(body in other for other in printed)
        if number in lines and body and not is_pull_quote:
            start = position + line.index(body)
            passage = Passage(start, start + len(body), SPEAKER, QuoteKind.DIRECT)
            found.append(model.read(Document(text=text), passage)[0].stance)
            printed.add(body)
        position += len(line) + 1
    assert found
    assert actor_stance(found) in allowed
