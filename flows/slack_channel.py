"""apprise's Slack plugin, with our own blocks and escaping, and an answer worth recording.

apprise works out where to post and to whom; what is posted, and what the answer means, is ours: its own body lets
``<!channel>`` through, drops Retry-After and says only yes or no.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import httpx
from apprise.plugins.slack import NotifySlack

from flows.outcome import Outcome, Reply, judge_status
from flows.retry_after import read_retry_after
from flows.wording import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.mail_channel import Letter

_WEBHOOK: Final = re.compile(r"(https?://\S+)/(T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]+)/?")
_SLACK: Final = "https://hooks.slack.com/services"
_ANSWER_BYTES: Final = 64 * 1024
_ROUTING: Final = ("channel", "username", "thread_ts")
_WORKFLOWS: Final = frozenset({"workflow", "trigger"})
_TRANSIENT: Final = frozenset({"ratelimited", "rate_limited"})
_MESSAGE_FAULTS: Final = frozenset({"invalid_blocks", "invalid_payload", "msg_too_long", "no_text"})


def is_webhook(url: str) -> bool:
    """Whether an address is that of a webhook, as Slack gives it."""
    return bool(_WEBHOOK.fullmatch(url.strip()))


def read_webhook(url: str, endpoint: str) -> tuple[str, str]:
    """A webhook's address, as Slack gives it, as apprise takes it, with the host if that is not Slack's own."""
    found = _WEBHOOK.fullmatch(url.strip())
    if not found or endpoint:
        return url, endpoint
    return f"slack://{found[2]}", "" if found[1] == _SLACK else found[1]


class SlackChannel(NotifySlack):  # type: ignore[no-untyped-call]  # apprise is typed in part
    """One Slack destination for one attempt; ``reply`` holds what came of it."""

    letter: Letter
    replies: tuple[Reply, ...] = ()

    @property
    def reply(self) -> Reply | None:
        """What came of the attempt: the one answer, or `unknown` where several channels answered differently."""
        outcomes = {reply.outcome for reply in self.replies}
        if len(outcomes) > 1:
            return Reply(Outcome.UNKNOWN, "some of this destination's channels took it and some did not")
        return self.replies[0] if self.replies else None

    def _send(
        self,
        url: str,
        payload: dict[str, Any],
        attach: object = None,  # noqa: ARG002  # apprise calls this method so
        http_method: str = "post",  # noqa: ARG002  # likewise
        params: object = None,  # noqa: ARG002  # likewise
        **_options: object,
    ) -> dict[str, Any] | bool:
        """Post our message to the place that apprise chose; true for apprise if it was taken."""
        message = self.letter.message
        body: dict[str, Any] = {"text": message.slack_text}
        if self.mode not in _WORKFLOWS:
            body |= {"blocks": json.loads(message.slack_blocks), "unfurl_links": False, "unfurl_media": False}
            body |= {name: payload[name] for name in _ROUTING if name in payload}
        reply = self._post(url, body)
        self.replies = (*self.replies, reply)
        return {"ok": True} if reply.outcome is Outcome.SENT else False

    def _post(self, url: str, body: dict[str, Any]) -> Reply:
        alert_id = clean_line(self.letter.alert_id).encode("ascii", "replace").decode()
        headers = {"User-Agent": "Stancewatch", "X-Stancewatch-Alert": alert_id}
        if self.access_token:
            headers["Authorization"] = f"Bearer {self.access_token}"
        limit = httpx.Timeout(self.socket_read_timeout, connect=self.socket_connect_timeout)
        try:
            with (
                httpx.Client(timeout=limit, verify=self.verify_certificate, headers=headers) as client,
                client.stream("POST", url, json=body, extensions={"trace": self._trace}) as response,
            ):
                answer = next(response.iter_bytes(_ANSWER_BYTES), b"")
        except TimeoutError:
            return Reply(Outcome.FAILED, "too late to post")
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            return Reply(Outcome.FAILED, f"no connection to the Slack host: {type(error).__name__}")
        except (httpx.UnsupportedProtocol, httpx.InvalidURL):
            return Reply(Outcome.FAILED, "the destination's endpoint is no http or https address")
        except httpx.HTTPError as error:
            return Reply(Outcome.UNKNOWN, f"posted, but no clear answer: {type(error).__name__}")
        wait = read_retry_after(response.headers.get("retry-after"), self.letter.at)
        return judge_answer(response.status_code, answer, wait, self.letter.cover)

    def _trace(self, event: str, _details: dict[str, Any]) -> None:
        """Told by the client of each step it takes: before the request is sent nothing can have been taken."""
        if event.endswith(".send_request_headers.started"):
            self.letter.hand_over()


def judge_answer(
    status: int, answer: bytes, retry_after_seconds: int | None, cover: Callable[[str], str] = lambda text: text
) -> Reply:
    """The outcome of a Slack-compatible answer: a status, and "ok" or a JSON object with ``ok`` or ``success``.

    ``cover`` takes secrets out of the host's words, before they are cut.
    """
    said = clean_line(cover(answer.decode("utf-8", "replace")), 80)
    judged = judge_status(status, said, retry_after_seconds)
    if judged.outcome is not Outcome.SENT or not said or said.lower() == "ok":
        return judged
    try:
        content = json.loads(answer)
    except ValueError:
        content = None
    if not isinstance(content, dict) or not ({"ok", "success"} & content.keys()):
        return Reply(Outcome.UNKNOWN, f"HTTP {status}, but not the answer of a Slack host ({said})")
    if content.get("ok", content.get("success")) is True:
        return Reply(Outcome.SENT, f"HTTP {status}")
    error = clean_line(cover(str(content.get("error", "no reason given"))), 60)
    if error in _MESSAGE_FAULTS:
        return Reply(Outcome.DEAD, f"Slack refused the message: {error}")
    hint = "" if error in _TRANSIENT else ": check token and channel"
    return Reply(Outcome.FAILED, f"Slack refused: {error}{hint}", retry_after_seconds)
