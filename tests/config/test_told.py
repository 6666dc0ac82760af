"""Every key of the configuration stands where an operator looks: in the shipped file, as a value or in a comment."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from flows.alert_settings import Delivery, DestinationConfig, Detection, RuleConfig
from flows.archive_plan import ArchiveLimits
from flows.fetch_records import FetchPolicy
from flows.operator_settings import OperatorFile
from flows.schedule import PollPolicy
from flows.settings import FeedConfig, LlmFile, UpkeepFile

CONFIG = Path(__file__).resolve().parents[2] / "config"
RECORDS = {
    "feeds.yml": (FeedConfig, FetchPolicy, PollPolicy, ArchiveLimits),
    "alerts.yml": (Detection, Delivery, DestinationConfig, RuleConfig),
    "operator.yml": (OperatorFile,),
    "llm.yml": (LlmFile,),
    "upkeep.yml": (UpkeepFile,),
}
DEFAULTS = {"fetch": FetchPolicy(), "polling": PollPolicy(), "archive": ArchiveLimits()}


@pytest.mark.parametrize("name", RECORDS)
def test_no_key_is_kept_to_ourselves(name: str) -> None:
    words = set(re.findall(r"\w+", (CONFIG / name).read_text(encoding="utf-8")))
    keys = {field.name for record in RECORDS[name] for field in dataclasses.fields(record)}
    assert keys - words == set()


def test_what_is_shipped_is_what_holds_without_it() -> None:
    from flows.settings import load_feeds, locate

    feeds = load_feeds(locate({"STANCEWATCH_CONFIG": str(CONFIG)}))
    assert {name: getattr(feeds, name) for name in DEFAULTS} == DEFAULTS
