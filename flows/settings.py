"""Everything a run depends on, read once: config/*.yml and the environment -> one frozen Settings."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated
from urllib.parse import urljoin

from pydantic import Field

from extractors.records import Theme
from extractors.theme import ThemeRules
from flows.alert_settings import AlertsFile, read_alerts
from flows.archive_plan import ArchiveLimits
from flows.config_file import ConfigError, Problem, read_config, stands_twice
from flows.contact import KINDS_OF_CONTACT, contact_in, contact_of, is_honest
from flows.environment import access_of, local_hosts, refuse_misfits, tasks_address
from flows.feed_secrets import FeedSecrets, open_login
from flows.fetch_records import FetchPolicy
from flows.logs import is_json
from flows.operator_settings import OperatorFile, load_operator
from flows.schedule import PollPolicy
from flows.secret_values import VARIABLE, fill_in, fill_in_address, read_secret
from flows.seed_settings import SeedsFile
from flows.wording import THEMES, clean_line
from warehouse.access import USUAL, Access
from warehouse.lease import LEASE_SECONDS

SHIPPED_CONFIG = Path(__file__).resolve().parents[1] / "config"


class PublisherKind(StrEnum):
    """Kinds of publisher that own feeds."""

    TRADE_PRESS = "trade_press"
    NATIONAL_PRESS = "national_press"
    BROADCASTER = "broadcaster"
    OFFICIAL = "official"
    PARLIAMENT = "parliament"
    MEMBERSHIP_BODY = "membership_body"
    THINK_TANK = "think_tank"
    UNION_PROFESSIONAL = "union_professional"
    LOCAL_GOVERNMENT = "local_government"
    PATIENT_VOLUNTARY = "patient_voluntary"
    NEWSWIRE = "newswire"
    BLOG = "blog"


class FeedFormat(StrEnum):
    """What lies at a feed's address: RSS, Atom or JSON Feed, or a sitemap."""

    FEED = "feed"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class FeedConfig:
    """One feed in config/feeds.yml."""

    id: str
    publisher: str
    kind: PublisherKind
    homepage: str
    url: str
    format: FeedFormat = FeedFormat.FEED
    interval_minutes: Annotated[int, Field(ge=1)] = 60
    expected_7d: int = 0

    @property
    def site(self) -> str:
        """The homepage; the front page of its host where nothing but the feed's own address is given for it."""
        if self.homepage != self.url:
            return self.homepage
        try:
            return urljoin(self.url, "/")
        except ValueError:  # no address at all: the poll says so
            return self.homepage


@dataclass(frozen=True, slots=True)
class FeedsFile:
    """config/feeds.yml."""

    feeds: tuple[FeedConfig, ...]
    fetch: FetchPolicy = field(default_factory=FetchPolicy)
    archive: ArchiveLimits = field(default_factory=ArchiveLimits)
    polling: PollPolicy = field(default_factory=PollPolicy)


@dataclass(frozen=True, slots=True)
class LlmFile:
    """config/llm.yml: an endpoint for second opinions; nobody is asked while ``base_url`` is empty."""

    base_url: str = ""
    model: str = ""
    key_variable: str = ""
    requests_per_run: Annotated[int, Field(ge=0)] = 40
    timeout_seconds: Annotated[float, Field(gt=0)] = 30.0
    parallel: Annotated[int, Field(ge=1)] = 4


@dataclass(frozen=True, slots=True)
class UpkeepFile:
    """config/upkeep.yml: what is kept, and for how long."""

    kept_copies: Annotated[int, Field(ge=1)] = 7
    fetch_days: Annotated[int, Field(ge=1)] = 90
    feed_text_days: Annotated[int, Field(ge=1)] = 90
    snapshot_days: Annotated[int, Field(ge=1)] = 7


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are: the configuration folder, the data folder, the working file; and who may read what is made."""

    config: Path
    home: Path
    warehouse: Path
    access: Access = USUAL

    def file(self, name: str) -> Path:
        """A configuration file: the user's where there is one, else the one that comes with the program."""
        own = self.config / name
        return own if own.exists() else SHIPPED_CONFIG / name


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run."""

    places: Places
    feeds: FeedsFile
    alerts: AlertsFile
    seeds: SeedsFile
    llm: LlmFile
    upkeep: UpkeepFile
    operator: OperatorFile
    local_hosts: frozenset[str]
    environment: Mapping[str, str] = field(repr=False)
    theme_names: Mapping[Theme, str] = field(default_factory=lambda: THEMES)
    tasks: str = ""
    """The cluster that extracts and analyses, dask://host:port or ray://host:port; empty: this machine does."""

    @property
    def llm_key(self) -> str:
        """The key of the endpoint for second opinions; empty where none is needed, or it is not set."""
        return read_secret(self.environment, self.llm.key_variable)[0] if self.llm.key_variable else ""

    @property
    def wants_json_logs(self) -> bool:
        """Whether what is logged is to be lines of JSON."""
        return is_json(self.environment)

    @property
    def lease_seconds(self) -> float:
        """Without a sign of life for so long, a run may be followed by another."""
        return float(self.environment.get("STANCEWATCH_LEASE_SECONDS") or LEASE_SECONDS)

    @property
    def report_url(self) -> str:
        """The folder in which the report is served to people; empty if it is not."""
        return self.environment.get("STANCEWATCH_REPORT_URL", "").rstrip("/")

    def secret(self, text: str, *, is_url: bool = False) -> tuple[str, str]:
        """``text`` with each ``${NAME}`` filled in, and the names of those that are not set, comma-separated.

        In a URL, a user or password is taken as it is and may hold any character.
        """
        found = {name: read_secret(self.environment, name) for name in VARIABLE.findall(text)}
        values = {name: value for name, (value, _) in found.items()}
        missing = [f"{name} ({problem})" if problem else name for name, (value, problem) in found.items() if not value]
        return (fill_in_address if is_url else fill_in)(text, values), ", ".join(missing)

    def feed_secrets(self) -> FeedSecrets:
        """What the addresses in feeds.yml name, looked up now."""
        return FeedSecrets((feed.url for feed in self.feeds.feeds), partial(read_secret, self.environment))


def locate(environment: Mapping[str, str] | None = None) -> Places:
    """Find configuration, data folder and working file from STANCEWATCH_CONFIG, _HOME and _WAREHOUSE.

    STANCEWATCH_FILE_MODE and _FILE_GROUP say who may read what is made for readers.

    Raises:
        ConfigError: a folder or a group is named that is not there, or a mode that is none.
    """
    env = os.environ if environment is None else environment
    named = env.get("STANCEWATCH_CONFIG", "")
    config = Path(named) if named else Path("config") if Path("config/feeds.yml").exists() else SHIPPED_CONFIG
    if not config.is_dir():
        raise ConfigError(f"STANCEWATCH_CONFIG={config}: no such folder; create it or unset the variable")
    home = Path(env.get("STANCEWATCH_HOME") or config.resolve().parent / "data")
    return Places(config, home, Path(env.get("STANCEWATCH_WAREHOUSE") or home / "warehouse.duckdb"), access_of(env))


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read all configuration once.

    Raises:
        ConfigError: one line that names file, line, key and the mend.
    """
    env = dict(os.environ if environment is None else environment)
    places = locate(env)
    feeds, alerts, llm, upkeep = load_feeds(places), load_alerts(places), load_llm(places), load_upkeep(places)
    contact = contact_of(env) or contact_in(feeds.fetch.contact)
    feeds = dataclasses.replace(feeds, fetch=dataclasses.replace(feeds.fetch, contact=contact))
    operator = load_operator(places, alerts)
    seeds = read_config(places.file("seeds.yml"), SeedsFile)
    names = load_theme_names(places)
    refuse_misfits(env)
    hosts, tasks = local_hosts(env), tasks_address(env)
    return Settings(places, feeds, alerts, seeds, llm, upkeep, operator, hosts, env, names, tasks)


def load_feeds(places: Places) -> FeedsFile:
    """config/feeds.yml, with ids and addresses checked to be unique."""
    return read_config(places.file("feeds.yml"), FeedsFile, check=_misfits)


def _misfits(feeds: FeedsFile) -> Iterator[Problem]:
    yield from stands_twice(("feeds",), "id", [feed.id for feed in feeds.feeds])
    yield from stands_twice(("feeds",), "url", [feed.url for feed in feeds.feeds])
    for number, feed in enumerate(feeds.feeds):
        if open_login(feed.url):
            words = "holds a user or password; write https://${USER_NAME}:${PASSWORD_NAME}@… and set those variables"
            yield ("feeds", number, "url"), words
    for key, limit in dataclasses.asdict(feeds.archive).items():
        if limit < 1:
            yield ("archive", key), "must be 1 or more"
    yield from _impolite(feeds)


def _impolite(feeds: FeedsFile) -> Iterator[Problem]:
    """What would keep every feed waiting for ever, or hide from publishers who asks."""
    fetch, polling = feeds.fetch, feeds.polling
    if fetch.gap_seconds > fetch.max_wait_seconds:
        yield ("fetch", "gap_seconds"), f"must be {fetch.max_wait_seconds:g} or less: max_wait_seconds bounds the wait"
    if polling.shortest_interval_minutes > polling.longest_interval_minutes:
        words = f"must be {polling.longest_interval_minutes} or less: that is longest_interval_minutes"
        yield ("polling", "shortest_interval_minutes"), words
    if not is_honest(fetch.user_agent):
        yield ("fetch", "user_agent"), "must hold {contact}, may hold {version}, and else ASCII letters and signs"
    if not contact_in(fetch.contact):
        yield ("fetch", "contact"), f"{fetch.contact!r} must be {KINDS_OF_CONTACT}"


def load_alerts(places: Places) -> AlertsFile:
    """config/alerts.yml, checked."""
    return read_alerts(places.file("alerts.yml"))


def load_llm(places: Places) -> LlmFile:
    """config/llm.yml, with an address that can be asked and no secret in it."""
    return read_config(places.file("llm.yml"), LlmFile, check=_unaskable)


def load_upkeep(places: Places) -> UpkeepFile:
    """config/upkeep.yml."""
    return read_config(places.file("upkeep.yml"), UpkeepFile)


def load_theme_names(places: Places) -> dict[Theme, str]:
    """What themes are called: the labels of config/themes.yml, each one line; ours for a theme that it leaves out."""
    rules = read_config(places.file("themes.yml"), ThemeRules)
    return {**THEMES, **{rule.key: clean_line(rule.label) for rule in rules.themes}}


def _unaskable(llm: LlmFile) -> Iterator[Problem]:
    if llm.base_url and not re.fullmatch(r"https?://[^@\s]+", llm.base_url):
        yield ("base_url",), "must begin with https:// or http:// and hold no user or password"
    elif llm.base_url and not llm.model:
        yield ("model",), f"is missing; write the name that {llm.base_url} gives it"
