"""A Prefect server as its REST API shows it, for commands that need no flow: quick, without importing prefect."""

from __future__ import annotations

import contextlib
import ssl
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SECONDS: Final = 20.0
_MOST: Final = 200


class ApiError(Exception):
    """The server does not answer as it should; the text is one line without a secret."""


class PrefectApi:
    """An open connection to a server's API."""

    def __init__(self, client: httpx.Client, place: str) -> None:
        self.place = place
        self._client = client

    def get(self, path: str) -> Any:
        """What lies at ``path``.

        Raises:
            ApiError: the server cannot be reached, or refuses.
        """
        return self._ask("GET", path, None)

    def find(self, kind: str, wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The first objects of a kind (``deployments``, say) that fit a filter of Prefect's.

        Raises:
            ApiError: the server cannot be reached, or refuses.
        """
        found: list[dict[str, Any]] = self._ask("POST", f"{kind}/filter", {"limit": _MOST, **wanted})
        return found

    def read_block(self, name: str) -> str:
        """The value of a Secret block.

        Raises:
            ApiError: there is none of that name, or it cannot be read.
        """
        where = f"block_types/slug/secret/block_documents/name/{quote(name, safe='')}?include_secrets=true"
        value = self.get(where).get("data", {}).get("value", "")
        if not value:
            raise ApiError(f"the Secret block is empty at {self.place}")
        return str(value)

    def _ask(self, method: str, path: str, content: Any) -> Any:
        try:
            response = self._client.request(method, path, json=content)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ApiError(f"{self.place} does not answer ({type(error).__name__})") from None
        if response.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            raise ApiError(f"{self.place} refuses the login: set PREFECT_API_AUTH_STRING to the server's own")
        if response.status_code == httpx.codes.NOT_FOUND:
            raise ApiError(f"not found at {self.place}")
        if response.status_code != httpx.codes.OK:
            raise ApiError(f"{self.place} answers HTTP {response.status_code}")
        try:
            return response.json()
        except ValueError:
            raise ApiError(f"{self.place} is no Prefect server: its answer is not JSON") from None


@contextlib.contextmanager
def open_api(environment: Mapping[str, str]) -> Iterator[PrefectApi]:
    """The API of the server that PREFECT_API_URL names, with the login that the environment gives for it.

    Raises:
        ApiError: none is configured, or its address is none.
    """
    address = environment.get("PREFECT_API_URL", "")
    if not address:
        raise ApiError("no Prefect server is configured: set PREFECT_API_URL")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ApiError("PREFECT_API_URL must look like http://127.0.0.1:4200/api")
    with httpx.Client(
        base_url=f"{address.rstrip('/')}/", headers=_login(environment), timeout=_SECONDS, verify=_trust(environment)
    ) as client:
        yield PrefectApi(client, place_of(address))


def place_of(address: str) -> str:
    """A server's address as people may see it: without a login."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _login(environment: Mapping[str, str]) -> dict[str, str]:
    from flows.secret_values import read_secret  # noqa: PLC0415 - each needs the other: a block's login is a secret too

    login, _ = read_secret({**environment, "PREFECT_API_AUTH_STRING_BLOCK": ""}, "PREFECT_API_AUTH_STRING")
    if login:
        user, _, password = login.partition(":")
        return {"Authorization": httpx.BasicAuth(user, password)._auth_header}  # noqa: SLF001 - the header, encoded
    key, _ = read_secret({**environment, "PREFECT_API_KEY_BLOCK": ""}, "PREFECT_API_KEY")
    return {"Authorization": f"Bearer {key}"} if key else {}


def _trust(environment: Mapping[str, str]) -> ssl.SSLContext | bool:
    file = environment.get("PREFECT_API_SSL_CERT_FILE", "")
    try:
        return ssl.create_default_context(cafile=file) if file else True
    except (OSError, ssl.SSLError):
        raise ApiError(f"PREFECT_API_SSL_CERT_FILE={file}: cannot be read") from None
