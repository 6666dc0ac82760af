"""Where a demo stores what it makes: never where a real warehouse or a configuration lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import demo


@pytest.mark.parametrize(
    ("files", "is_taken"),
    [
        ({}, False),
        ({"notes.txt": "ours"}, False),
        ({"warehouse.duckdb": "real"}, True),
        ({"warehouse.published.duckdb": "real"}, True),
        ({"config/feeds.yml": "feeds: []"}, True),
        ({"config/alerts.yml": "{}"}, True),
        (
            {
                "config/feeds.yml": "# Written by `stancewatch demo`: the sample newsroom's feeds.\n",
                "warehouse.duckdb": "",
            },
            False,
        ),
    ],
)
def test_a_real_folder_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], *, is_taken: bool
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path))
    assert demo._home() == (tmp_path / "demo" if is_taken else tmp_path)


def test_without_a_folder_it_is_one_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STANCEWATCH_HOME", raising=False)
    assert demo._home() == Path("data/demo").resolve()
