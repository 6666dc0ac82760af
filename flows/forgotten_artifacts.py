"""What runs left in Prefect for people to read, and names somebody who is to stay forgotten: it is deleted."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx

from flows.prefect_api import place_of
from flows.prefect_setup import prepare_prefect, temporary_api

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.masking import Masker
    from flows.settings import Places

_PAGE: Final = 200
_SECONDS: Final = 30.0


class ArtifactsError(RuntimeError):
    """Prefect could not be asked; one line says why."""


def delete_artifacts(places: Places, masker: Masker) -> int | None:
    """Delete what names a forgotten person from the server that is configured, or from Prefect's own file.

    Returns how many were deleted; None where no run ever used Prefect.

    Raises:
        ArtifactsError: the server does not answer, or refuses.
    """
    prepare_prefect(places.home)
    if not os.environ.get("PREFECT_API_URL") and not (Path(os.environ["PREFECT_HOME"]) / "prefect.db").exists():
        return None
    try:
        with temporary_api() as wait_until_ready:
            wait_until_ready()
            return _delete(os.environ["PREFECT_API_URL"], masker)
    except (httpx.HTTPError, ChildProcessError, json.JSONDecodeError) as error:
        raise ArtifactsError(f"Prefect: {_told(error)}") from None


def _told(error: Exception) -> str:
    """What went wrong, without the address, which may hold a login."""
    if isinstance(error, ChildProcessError):  # our own words
        return str(error)
    place = place_of(os.environ.get("PREFECT_API_URL", "")) or "its server"
    if isinstance(error, httpx.HTTPStatusError):
        return f"{place} answers HTTP {error.response.status_code}"
    return f"{place} does not answer as it should ({type(error).__name__})"


def _delete(api: str, masker: Masker) -> int:
    user, _, password = os.environ.get("PREFECT_API_AUTH_STRING", "").partition(":")
    key = os.environ.get("PREFECT_API_KEY", "")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    auth = (user, password) if user else None
    with httpx.Client(base_url=api.rstrip("/"), timeout=_SECONDS, headers=headers, auth=auth) as client:
        named = [each["id"] for each in _artifacts(client) if _names(masker, [each["data"], each["description"]])]
        for artifact_id in named:
            client.delete(f"/artifacts/{artifact_id}").raise_for_status()
    return len(named)


def _artifacts(client: httpx.Client) -> Iterator[dict[str, Any]]:
    offset = 0
    while True:
        wish = {"limit": _PAGE, "offset": offset, "sort": "ID_DESC"}
        page = client.post("/artifacts/filter", json=wish).raise_for_status().json()
        yield from page
        if len(page) < _PAGE:
            return
        offset += _PAGE


def _names(masker: Masker, told: object) -> bool:
    texts = list(_texts(told))
    return masker.mask(texts)[0] != texts


def _texts(told: object) -> Iterator[str]:
    """All texts in what an artifact tells; a table comes as JSON in a text."""
    if isinstance(told, str):
        try:
            inner = json.loads(told)
        except ValueError:
            inner = told
        yield from [told] if isinstance(inner, str | int | float | None) else _texts(inner)
    elif isinstance(told, dict):
        yield from (text for part in told.values() for text in _texts(part))
    elif isinstance(told, list):
        yield from (text for part in told for text in _texts(part))
