"""News turned into what people read: a subject, plain text, HTML and Slack blocks, for each kind of message.

Templates get only cleaned strings (`flows.alert_view` and its neighbours), HTML is autoescaped, and nothing that a page
or feed says is ever taken as markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flows.alert_view import AlertView, view_alert
from flows.digest_view import DigestView, view_digest
from flows.history_view import CHART_ID
from flows.message_content import (
    AlertContent,
    DigestContent,
    HeartbeatContent,
    InlineImage,
    Message,
    OperatorContent,
    SummaryContent,
)
from flows.notice_view import HeartbeatView, NoticeView, SummaryView, view_heartbeat, view_summary, view_test
from flows.operator_view import OperatorView, view_operator
from flows.slack_message import (
    slack_alert,
    slack_digest,
    slack_heartbeat,
    slack_operator,
    slack_own,
    slack_summary,
    slack_test,
)
from flows.templating import Templates
from flows.wording import THEMES, TITLE_LIMIT, clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from extractors.records import Theme

    View = AlertView | DigestView | SummaryView | HeartbeatView | NoticeView | OperatorView

HTML_BYTES: Final = 100_000
"""Gmail hides what is beyond 102 kB of a mail behind a link."""
LONGEST_DIGEST: Final = 200
_REPEAT: Final = " (may be a repeat)"


class Renderer:
    """Words every kind of message; ``folder`` holds the user's own templates, which override ours one by one.

    What is wrong with one of them is said to ``report``, once. ``themes`` are what themes are called.
    """

    def __init__(
        self,
        folder: Path | None = None,
        report: Callable[[str], None] | None = None,
        themes: Mapping[Theme, str] = THEMES,
    ) -> None:
        self._themes = themes
        self._templates = Templates(folder, report) if report else Templates(folder)

    @property
    def used_templates(self) -> frozenset[str]:
        """The user's templates that messages asked for so far."""
        return self._templates.used

    def alert(self, content: AlertContent) -> Message:
        """One alert, with its chart if there is one.

        Raises:
            ValueError: ``event_kind`` is none of first, shift and theme.
        """
        view = view_alert(content, self._themes)
        images: tuple[InlineImage, ...] = ()
        if view.history is not None and view.history.chart:
            images = (InlineImage(CHART_ID, content.chart, view.history.alt),)
        return self._message("alert", view.headline, view, slack_alert(view), images)

    def digest(self, content: DigestContent) -> Message:
        """The alerts of a period by kind and theme, as many of them as a mail program shows."""
        length = min(content.length, LONGEST_DIGEST)
        while True:
            view = view_digest(content, length, self._themes)
            message = self._message("digest", view.subject, view, slack_digest(view))
            if len(message.html.encode()) <= HTML_BYTES or length <= 1:
                return message
            length = length * 3 // 4

    def summary(self, content: SummaryContent) -> Message:
        """More alerts than one run may send, as one message."""
        view = view_summary(content, self._themes)
        return self._message("summary", view.subject, view, slack_summary(view))

    def heartbeat(self, content: HeartbeatContent) -> Message:
        """What a period brought, and whether all is well."""
        view = view_heartbeat(content)
        return self._message("heartbeat", view.subject, view, slack_heartbeat(view))

    def operator(self, content: OperatorContent) -> Message:
        """What is wrong with Stancewatch itself, and what is over."""
        view = view_operator(content)
        return self._message("operator", view.subject, view, slack_operator(view))

    def test(self, destination: str, at: datetime) -> Message:
        """A message that says which destination it was sent to and when, and that no news is in it."""
        view = view_test(destination, at)
        return self._message("test", view.subject, view, slack_test(view))

    def _message(
        self, kind: str, subject: str, view: View, slack: tuple[str, str], images: tuple[InlineImage, ...] = ()
    ) -> Message:
        subject = clean_line(subject, TITLE_LIMIT + 60 - len(_REPEAT)) + (_REPEAT if view.is_possible_repeat else "")
        own = self._templates.render_own(f"{kind}.slack.j2", view=view)
        slack = slack_own(own, view.message_id) if own else slack
        return Message(
            subject=subject,
            text=self._templates.render(f"{kind}.txt.j2", view=view),
            html=self._templates.render(f"{kind}.html.j2", view=view, subject=subject),
            slack_text=slack[0],
            slack_blocks=slack[1],
            images=images,
        )
