"""`make bench`: what each part of the system takes, as a ratio to a bare baseline measured in the same run.

Parts are arguments: ``python -m tests.bench.bench extraction storing``. Without one, all of them; the last makes a
history of a million articles (`made_history.py`) and takes longer than all others together.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from tests.bench.feeds import polling
from tests.bench.growing import growth
from tests.bench.measures import Line, show
from tests.bench.parts import analysis, delivery, extraction, history, storing
from tests.bench.whole_run import whole_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PARTS: Final[dict[str, Callable[[], Iterator[Line]]]] = {
    "polling": polling,
    "extraction": extraction,
    "analysis": analysis,
    "storing": storing,
    "delivery": delivery,
    "runs": whole_runs,
    "history": history,
    "growth": growth,
}


def main() -> None:
    """Print the table of the parts that were asked for."""
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"bench: no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    show(PARTS[name]() for name in wanted)


if __name__ == "__main__":
    main()
