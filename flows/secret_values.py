"""Secrets by name: from the environment, a file (`NAME_FILE`) or a Prefect block (`NAME_BLOCK`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows.logs import hide

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

PREFECT_SECRETS: Final = (
    "PREFECT_API_AUTH_STRING",
    "PREFECT_API_KEY",
    "PREFECT_SERVER_API_AUTH_STRING",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    "PREFECT_SERVER_DATABASE_PASSWORD",
)
"""What Prefect itself reads from the environment only, of what is secret."""


def read_secret(environment: Mapping[str, str], name: str) -> tuple[str, str]:
    """The value of a secret, and why there is none; both are empty where nobody set it.

    What stands in the environment wins, then the file, then the block.
    """
    if value := environment.get(name):
        return value, ""
    if file := environment.get(f"{name}_FILE"):
        return _read_file(name, file)
    if block := environment.get(f"{name}_BLOCK"):
        return _read_block(environment, name, block)
    return "", ""


def fill_in_files(environment: MutableMapping[str, str]) -> None:
    """Put Prefect's own secrets into the environment where only a file was named for them."""
    for name in PREFECT_SECRETS:
        value, _ = read_secret({key: environment.get(key, "") for key in (name, f"{name}_FILE")}, name)
        if value:
            environment[name] = value


def _read_file(name: str, file: str) -> tuple[str, str]:
    try:
        value = Path(file).read_text(encoding="utf-8").strip("\r\n")
    except OSError as error:
        return "", f"{name}_FILE={file}: {error.strerror}"
    except UnicodeDecodeError:
        return "", f"{name}_FILE={file}: is not UTF-8 text"
    return value, "" if value else f"{name}_FILE={file}: is empty"


def _read_block(environment: Mapping[str, str], name: str, block: str) -> tuple[str, str]:
    from flows.prefect_api import ApiError, open_api  # noqa: PLC0415 - most secrets need no network

    try:
        with open_api(environment) as api:
            value = api.read_block(block)
    except ApiError as error:
        return "", f"{name}_BLOCK={block}: {error}"
    hide(value)  # a run does not know it before
    return value, ""
