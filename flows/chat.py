"""One question to an endpoint that speaks the OpenAI chat protocol: the content of its answer, or why there is none."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import httpx

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES: Final = 1 << 20
_DETAIL: Final = 160
_KEY: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, what, and for how long at most; the key is never shown."""

    url: str
    model: str
    timeout_seconds: float
    key: str = field(repr=False, default="")

    @property
    def headers(self) -> dict[str, str]:
        """Headers of each request."""
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the message, and how many tokens the endpoint says it took."""

    content: str
    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no answer: timeout, unreachable, rate_limited, denied, server_error or malformed.

    After some there is no use in asking on in the same run (``is_lasting``).
    """

    outcome: str
    detail: str
    is_lasting: bool = False


def may_be_sent(key: str) -> bool:
    """Whether a key can stand in a header: letters, digits and signs of ASCII, without blanks."""
    return _KEY.fullmatch(key) is not None


async def complete(
    client: httpx.AsyncClient, endpoint: Endpoint, messages: Sequence[dict[str, str]], schema: dict[str, Any]
) -> Reply | Fault:
    """Ask once; nothing is tried again, and no redirect is followed, so that the key goes to nobody else."""
    form = {"type": "json_schema", "json_schema": {"name": "opinion", "schema": schema}}
    body = {"model": endpoint.model, "messages": list(messages), "temperature": 0, "response_format": form}
    try:
        async with (
            asyncio.timeout(endpoint.timeout_seconds),
            client.stream("POST", f"{endpoint.url}/chat/completions", json=body, headers=endpoint.headers) as response,
        ):
            answer = await _read(response)
    except (TimeoutError, httpx.TimeoutException):
        return Fault("timeout", f"no answer within {endpoint.timeout_seconds:g} s")
    except (httpx.LocalProtocolError, httpx.InvalidURL, UnicodeError) as error:
        # never sent: what it says of address or header may hold the key in a form that is not struck out
        return Fault("unreachable", f"cannot be asked: {type(error).__name__}", is_lasting=True)
    except httpx.HTTPError as error:
        return Fault("unreachable", _clean(f"{type(error).__name__}: {error}", endpoint.key))
    if answer is None:
        return Fault("malformed", f"an answer of more than {MOST_BYTES >> 20} MiB")
    if response.status_code != httpx.codes.OK:
        return _refusal(response.status_code, answer, endpoint.key)
    return _reply(answer)


async def _read(response: httpx.Response) -> bytes | None:
    """The body, or None where it is too large."""
    body = b""
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return body


def _refusal(status: int, body: bytes, key: str) -> Fault:
    detail = _clean(f"HTTP {status}: {body.decode('utf-8', 'replace')}", key)
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return Fault("rate_limited", detail, is_lasting=True)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Fault("server_error", detail)
    return Fault("denied", detail, is_lasting=True)


def _reply(body: bytes) -> Reply | Fault:
    try:
        answer = json.loads(body)
        content = answer["choices"][0]["message"]["content"]
        usage = answer.get("usage") or {}
        tokens = [int(usage.get(name) or 0) for name in ("prompt_tokens", "completion_tokens")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        return Fault("malformed", f"not a chat completion ({type(error).__name__})")
    if not isinstance(content, str):
        return Fault("malformed", "the message has no content")
    return Reply(content, *tokens)


def _clean(text: str, key: str) -> str:
    """One short line without the key, whoever echoes it."""
    shown = text.replace(key, "[key]") if key else text
    return " ".join(shown.split())[:_DETAIL]
