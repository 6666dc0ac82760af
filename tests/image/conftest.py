"""The built image, for those who ask for it."""

from __future__ import annotations

import pytest

from tests.image import engine


@pytest.fixture(scope="session")
def image() -> str:
    """The image of this checkout, built if anything changed."""
    if lacking := engine.missing():
        pytest.fail(f"needs {', '.join(lacking)}: see docs/deploy.md")
    engine.make_base()
    engine.build()
    return engine.IMAGE
