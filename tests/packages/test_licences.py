"""The page of licences is current, and whatever asks for more than MIT does is spoken about."""

from __future__ import annotations

import sys
from email.message import Message
from pathlib import Path

import pytest

from tests.packages.licences import NOTES, PYTHON, Package, document, licence, locked

pytestmark = pytest.mark.skipif(sys.version_info[:2] != PYTHON, reason="the page is of the image's Python")
PAGE = Path(__file__).resolve().parents[2] / "docs/licences.md"


def test_the_page_is_current() -> None:
    assert document() == PAGE.read_text(encoding="utf-8"), "run `make docs`"


def test_each_licence_that_asks_for_more_is_spoken_about() -> None:
    assert {package.name for package in locked() if package.asks_more} == NOTES.keys()


def test_tests_and_training_are_not_among_users_packages() -> None:
    names = {package.name for package in locked()}
    assert {"duckdb", "prefect"} <= names
    assert not names & {"hypothesis", "mypy", "pytest", "ruff", "setuptools", "pip", "torch", "transformers"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"License-Expression": "MIT AND PSF-2.0", "License": "see file"}, "MIT AND PSF-2.0"),
        ({"License": "ISC License\n\nPermission is hereby"}, "ISC"),
        ({"License": "Dual License", "Classifier": "License :: OSI Approved :: BSD License"}, "BSD"),
        ({"Classifier": "Programming Language :: Python"}, ""),
    ],
)
def test_a_licence_is_read_wherever_it_stands(fields: dict[str, str], expected: str) -> None:
    about = Message()
    for name, value in fields.items():
        about[name] = value
    assert licence(about) == expected


@pytest.mark.parametrize("words", ["", "GPL-3.0-only", "MIT AND (MPL-2.0 OR MIT)", "Proprietary"])
def test_what_is_not_known_to_be_free_asks_for_more(words: str) -> None:
    assert Package("a", "1", words).asks_more
    assert not Package("a", "1", "MIT AND (ISC OR BSD-3-Clause)").asks_more
