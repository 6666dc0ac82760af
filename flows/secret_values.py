"""Secrets by name: from the environment, a file (`NAME_FILE`) or a Prefect block (`NAME_BLOCK`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from flows.logs import hide

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

VARIABLE: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LOGIN: Final = re.compile(r"(?<=://)[^/]*(?=@)")
_QUERY_VALUE: Final = re.compile(r"(?<==)[^&#]*")
PREFECT_SECRETS: Final = (
    "PREFECT_API_AUTH_STRING",
    "PREFECT_API_KEY",
    "PREFECT_SERVER_API_AUTH_STRING",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    "PREFECT_SERVER_DATABASE_PASSWORD",
)
"""What Prefect itself reads from the environment only, of what is secret."""


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """A text with each ``${NAME}`` replaced by its value as it is."""
    return VARIABLE.sub(lambda found: values[found[1]], text)


def fill_in_address(address: str, values: Mapping[str, str]) -> str:
    """An address with its values filled in, encoded where each is one part of it, so that it is taken as it is.

    Those parts are user, password and values of the query. Elsewhere, and where it is all of the login, a value may be
    several parts at once: a whole address, a host with its port, a path, user:password.
    """
    head, mark, query = address.partition("?")
    login = _LOGIN.search(head)
    if login:
        safe = "" if ":" in login[0] else ":"
        head = head[: login.start()] + _fill_in_encoded(login[0], values, safe) + head[login.end() :]
    return fill_in(head + mark + _QUERY_VALUE.sub(lambda found: _fill_in_encoded(found[0], values), query), values)


def _fill_in_encoded(text: str, values: Mapping[str, str], safe: str = "") -> str:
    return VARIABLE.sub(lambda found: quote(values[found[1]], safe=safe), text)


def read_secret(environment: Mapping[str, str], name: str) -> tuple[str, str]:
    """The value of a secret, and why there is none; both are empty where nobody set it.

    What stands in the environment wins, then the file, then the block. The end of a line is never part of it.
    """
    if value := environment.get(name, "").strip("\r\n"):
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
    except IsADirectoryError:
        return "", f"{name}_FILE={file}: is a folder, no file"
    except OSError as error:
        return "", f"{name}_FILE={file}: {error.strerror}"
    except UnicodeDecodeError:
        return "", f"{name}_FILE={file}: is not UTF-8 text"
    return value, "" if value else f"{name}_FILE={file}: is empty"


def _read_block(environment: Mapping[str, str], name: str, block: str) -> tuple[str, str]:
    from flows.prefect_api import ApiError, open_api  # noqa: PLC0415 - most secrets need no network

    try:
        with open_api(environment) as api:
            value = api.read_block(block).strip("\r\n")
    except ApiError as error:
        return "", f"{name}_BLOCK={block}: {error}"
    hide(value)  # a run does not know it before
    return value, "" if value else f"{name}_BLOCK={block}: is empty"
