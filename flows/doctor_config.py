"""What `stancewatch doctor` says of the configuration: every file that cannot be used, with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.chat import may_be_sent
from flows.config_file import ConfigError, read_config
from flows.doctor_rules import strange_names
from flows.engine_loading import load_engine
from flows.finding import Finding, broken, look, ok
from flows.operator_settings import OperatorFile, load_operator
from flows.seed_settings import SeedsFile
from flows.seeds import find_seeds, seed_folders
from flows.settings import load_alerts, load_feeds, load_llm, load_settings, load_upkeep
from flows.template_check import check_templates
from flows.wording import count_words
from warehouse.database import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.settings import Places, Settings


def examine_config(places: Places) -> tuple[Settings | None, list[Finding]]:
    """What is found, and the settings where they can be used."""
    findings = list(_files(places)) or list(_together(places))
    if findings:
        return None, findings
    try:
        settings = load_settings()
    except ConfigError as error:
        return None, list(_refused("environment", error))
    feeds = count_words(len(settings.feeds.feeds), "feed", "feeds")
    rules = count_words(len(settings.alerts.rules), "rule", "rules")
    engine = load_engine(places).version
    findings = [ok("files", f"{places.config}: {feeds}, {rules}, engine {engine}"), _seeds(settings), _judge(settings)]
    return settings, [*findings, *_rules(settings), *_templates(settings)]


def _files(places: Places) -> Iterator[Finding]:
    """Each file that cannot be used: one mistake hides no other."""
    readers: tuple[tuple[str, Callable[[Places], object]], ...] = (
        ("feeds.yml", load_feeds),
        ("alerts.yml", load_alerts),
        ("llm.yml", load_llm),
        ("upkeep.yml", load_upkeep),
        ("operator.yml", lambda there: read_config(there.file("operator.yml"), OperatorFile)),
        ("seeds.yml", lambda there: read_config(there.file("seeds.yml"), SeedsFile)),
        ("actors, themes and language", load_engine),
    )
    for name, read in readers:
        try:
            read(places)
        except ConfigError as error:
            yield from _refused(name, error)


def _together(places: Places) -> Iterator[Finding]:
    """What each file allows and two do not."""
    try:
        load_operator(places, load_alerts(places))
    except ConfigError as error:
        yield from _refused("operator.yml", error)


def _refused(name: str, error: ConfigError) -> Iterator[Finding]:
    """Every mistake of a file: who mends one need not ask again for the next."""
    for line in error.all_lines:
        words, _, mend = line.rpartition("; ")
        yield broken(name, words or mend, mend if words else "mend it there")


def _seeds(settings: Settings) -> Finding:
    seeds = find_seeds(settings.seeds.seeds, seed_folders(settings))
    ready = sum(not seed.problem for seed in seeds)
    words = f"{ready} of {count_words(len(seeds), 'document', 'documents')} found"
    if ready == len(seeds):
        return ok("seeds", words)
    return look("seeds", f"{words}; a run goes on without them", "put the missing ones into seeds/ (`seeds status`)")


def _judge(settings: Settings) -> Finding:
    llm = settings.llm
    if not llm.base_url:
        return ok("second opinions", "not asked for")
    if llm.key_variable and not settings.llm_key:
        mend = f"set {llm.key_variable} in the environment, or {llm.key_variable}_FILE"
        return broken("second opinions", f"the key of {llm.base_url} is not set", mend)
    if settings.llm_key and not may_be_sent(settings.llm_key):
        words = f"{llm.key_variable} holds what no request can carry: a blank, a curly quotation mark or the like"
        return broken("second opinions", words, "copy the key once more, letters, digits and signs of ASCII only")
    return ok("second opinions", f"{llm.model} at {llm.base_url}, {llm.requests_per_run} requests a run")


def _rules(settings: Settings) -> Iterator[Finding]:
    try:
        for words in strange_names(settings):
            said, _, hint = words.rpartition("; ")
            yield look("rules", said, hint)
    except WarehouseError:  # the warehouse's part says so
        return


def _templates(settings: Settings) -> Iterator[Finding]:
    problems, mentions = check_templates(settings.places.config / "templates")
    for words in problems:
        yield broken("templates", words.removeprefix("template "), "mend it there, or remove it: ours takes its place")
    for words in mentions:
        yield look("templates", words, "see docs/messages.md")
