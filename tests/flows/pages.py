"""What the tests of messages look at: the elements and words of a page, the texts of Slack blocks."""

import json
from html.parser import HTMLParser

from flows.message_content import Message


class Tags(HTMLParser):
    """Collects the elements, attributes and visible text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.hidden += tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data


def slack_texts(message: Message) -> list[str]:
    """Every mrkdwn text of the blocks."""
    texts: list[dict[str, object]] = []
    for block in json.loads(message.slack_blocks):
        texts += [block["text"]] if block["type"] == "section" else block["elements"]
    assert all(text["type"] == "mrkdwn" and text["verbatim"] is True for text in texts)
    return [str(text["text"]) for text in texts]
