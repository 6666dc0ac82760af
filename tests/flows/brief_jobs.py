"""Jobs with less time than real ones, for workers that must be able to import them."""

from __future__ import annotations

from typing import ClassVar

from flows.jobs import ExtractPageJob


class BriefPageJob(ExtractPageJob):
    """A page that may take one CPU second."""

    __slots__ = ()

    cpu_seconds: ClassVar = 1
