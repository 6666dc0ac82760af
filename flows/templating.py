"""Templates: the user's own where there is one that works, ours otherwise.

Values are strings that `flows.alert_view` and its neighbours have cleaned. HTML is autoescaped; what a Slack template
prints is escaped for Slack.
"""

from __future__ import annotations

import logging
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)

from flows.slack_message import escape_value, link
from flows.wording import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger("stancewatch")
COLUMNS: Final = 72
OURS: Final = Path(__file__).parent / "templates"
_LACKING: Final = re.compile(r".* has no attribute '(\w+)'")
_FAULTS: Final = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a template of the user's may raise: anything that an expression can."""


class Templates:
    """Renders by name; ``folder`` may hold templates that override ours one by one.

    One that cannot be read or rendered is reported once, with file and line, and ours takes its place.
    """

    def __init__(self, folder: Path | None = None, report: Callable[[str], None] = log.warning) -> None:
        self._own = _OwnTemplates(folder, report)
        self._pages = Environment(
            loader=ChoiceLoader([self._own, FileSystemLoader(OURS)]),
            autoescape=select_autoescape(("html.j2",), ("txt.j2",), default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._pages.filters["wrap"] = wrap
        self._slack = self._pages.overlay(autoescape=False, finalize=escape_value)
        self._slack.filters["link"] = link

    @property
    def used(self) -> frozenset[str]:
        """The user's templates that were asked for, those that failed included."""
        return frozenset(self._own.used)

    def render(self, name: str, **values: object) -> str:
        """The text that the template makes of the values."""
        environment = self._slack if name.endswith(".slack.j2") else self._pages
        while True:
            try:
                return environment.get_template(name).render(values).strip() + "\n"
            except _FAULTS as error:
                is_gone = (
                    isinstance(error, TemplateNotFound) and error.name == name
                )  # it failed, and there is none of ours
                if is_gone or not self._own.blame(error):
                    raise
                if environment.cache is not None:
                    environment.cache.clear()

    def render_own(self, name: str, **values: object) -> str:
        """The same of a template that only the user may have; empty where there is none that works."""
        try:
            return self.render(name, **values) if self._own.find(name) else ""
        except TemplateNotFound:  # it failed and was reported, and there is none of ours
            return ""


class _OwnTemplates(BaseLoader):
    """The user's folder, without those files that have failed."""

    def __init__(self, folder: Path | None, report: Callable[[str], None]) -> None:
        self._report = report
        self._folder = folder.resolve() if folder is not None else None
        self._failed: set[str] = set()
        self.used: set[str] = set()

    def find(self, name: str) -> Path | None:
        """The user's file of that name, if there is one that has not failed."""
        if self._folder is None or name in self._failed:
            return None
        path = self._folder / name
        return path if path.is_file() and path.resolve().is_relative_to(self._folder) else None

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - jinja's signature
        """The file's text, for jinja."""
        path = self.find(template)
        if path is None:
            raise TemplateNotFound(template)
        self.used.add(template)
        try:
            return path.read_text(encoding="utf-8"), str(path), lambda: True
        except (OSError, ValueError) as error:
            words = "is not UTF-8 text" if isinstance(error, ValueError) else f"cannot be read: {error.strerror}"
            raise TemplateSyntaxError(words, 0, template, str(path)) from error

    def blame(self, error: BaseException) -> bool:
        """Put aside the user's file that an error comes from, and report it; false if it can come from none of them.

        An error in a template of ours comes from one of the user's that ours rely on: all that were used are put aside.
        """
        place = self._place(error)
        places = [place] if place else [(path, 0) for name in sorted(self.used) if (path := self.find(name))]
        reason = clean_line(_in_words(error), 240)
        for path, line in places:
            self._failed.add(path.name)
            at = f"{path}, line {line}" if line else str(path)
            self._report(f"template {at}: {reason}; it is not used: mend or remove it")
        return bool(places)

    def _place(self, error: BaseException) -> tuple[Path, int] | None:
        """The innermost place in the user's files that an error passed through: jinja writes them into its trace."""
        places: list[tuple[str | None, int]] = []
        trace = error.__traceback__
        while trace is not None:
            places.insert(0, (trace.tb_frame.f_code.co_filename, trace.tb_lineno))
            trace = trace.tb_next
        if isinstance(error, TemplateSyntaxError):
            places.insert(0, (error.filename, error.lineno))
        found = ((Path(file), line) for file, line in places if file)
        return next(
            ((path, line) for path, line in found if path.parent == self._folder and self.find(path.name)), None
        )


def _in_words(error: BaseException) -> str:
    """What went wrong, without the names of classes."""
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name!r}"
    if isinstance(error, TemplateSyntaxError):
        return error.message or "it cannot be read"
    if isinstance(error, KeyError):
        return f"there is no {error.args[0]!r}" if error.args else "a key is missing"
    if isinstance(error, MemoryError | RecursionError):
        return "it never ends, or makes too much of something"
    if lacking := _LACKING.fullmatch(str(error)):
        return f"there is no value {lacking[1]!r} there"
    return str(error) or "it fails"


def wrap(text: Any, indent: str = "", hanging: str = "") -> str:
    """Text folded at 72 columns behind ``indent``; later lines get ``hanging`` as well.

    Words are cut only where one is longer than a line.
    """
    return textwrap.fill(
        str(text).strip(), COLUMNS, initial_indent=indent, subsequent_indent=indent + hanging, break_on_hyphens=False
    )
