"""Training: reproducible, from the training batches alone, and the shipped artefact is what it writes."""

from __future__ import annotations

import json

from extractors.model import examples, train
from extractors.model.evaluate import label
from extractors.model.logistic import Fit, fit
from extractors.records import Stance
from extractors.stance import StanceModel


def test_the_same_data_gives_the_same_bytes() -> None:
    data = examples.read(train.FOLDER / "data").train
    some = [example for example in data if example.batch in {"union", "hansard", "think_tank"}]
    assert train.artefact(train.read_cues(), some) == train.artefact(train.read_cues(), some)


def test_shipped_artefact_carries_the_cues_it_was_trained_with() -> None:
    assert json.loads(train.ARTEFACT.read_bytes())["cues"] == train.read_cues()


def test_shipped_model_beats_chance_on_batches_it_never_saw() -> None:
    model = StanceModel.from_json(train.ARTEFACT.read_bytes())
    held_out = examples.read(train.FOLDER / "data").test
    right = sum(label(model, example).stance is example.stance for example in held_out)
    commonest = sum(example.stance is Stance.NONE for example in held_out)
    assert right > commonest + 0.1 * len(held_out)


def test_a_separable_problem_is_learnt() -> None:
    rows = [(("a", 1.0),), (("b", 1.0),)] * 10
    one, other = fit(rows, [0, 1] * 10, (1.0, 1.0), Fit(penalty=0.001))
    assert one.score(rows[0]) > other.score(rows[0])
    assert one.score(rows[1]) < other.score(rows[1])


def test_a_rare_feature_is_left_out() -> None:
    rows = [(("often", 1.0), ("once", 1.0)), (("often", 1.0),), (("often", 1.0),)]
    heads = fit(rows, [0, 1, 1], (1.0, 1.0), Fit(penalty=0.001))
    assert all("once" not in head.weights for head in heads)
