"""The shipped artefact on batches that it never saw, and what training makes of labels."""

from __future__ import annotations

import pytest

from extractors.model import examples
from extractors.model.evaluate import FOLDER, label, read_model
from extractors.records import Stance, Theme


@pytest.mark.deep
def test_shipped_model_beats_chance_on_batches_it_never_saw() -> None:
    model = read_model()
    held_out = examples.read(FOLDER / "data").test[::8]
    right = sum(label(model, example)[0].stance is example.stance for example in held_out)
    commonest = sum(example.stance is Stance.NONE for example in held_out)
    assert right > commonest + 0.1 * len(held_out)


def test_two_readers_share_a_theme() -> None:
    finance, workforce = (Theme.FINANCE,), (Theme.WORKFORCE,)
    example = examples.Example("", "", "", Stance.NONE, finance, "", "", second=workforce)
    assert [example.theme_share(theme) for theme in (Theme.FINANCE, Theme.WORKFORCE, Theme.LEADERSHIP)] == [0.5, 0.5, 0]
    assert examples.Example("", "", "", Stance.NONE, finance, "", "").theme_share(Theme.FINANCE) == 1
