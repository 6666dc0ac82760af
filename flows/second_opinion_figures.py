"""Print how well the endpoint of config/llm.yml labels the frozen test, by the same figures as the shipped model.

``python -m flows.second_opinion_figures [N]`` (``make evaluate BACKEND=llm``): N statements at most, evenly spread, or
all. Each costs one request. Where there is no usable answer the shipped model's label counts, as it does in a run.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from typing import TYPE_CHECKING

from extractors.model import examples
from extractors.model.evaluate import FOLDER, label, print_figures, read_model
from extractors.model.metrics import Judged
from extractors.records import Stance
from extractors.second_opinion import Question
from flows.config_file import ConfigError
from flows.second_opinion import open_judge
from flows.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.model.examples import Example


def main(arguments: Sequence[str]) -> None:
    """Ask about the frozen test and print the figures; end with one line where nobody can be asked."""
    try:
        judge = open_judge(load_settings())
    except ConfigError as error:
        sys.exit(str(error))
    if judge is None:
        sys.exit("no endpoint to measure: set base_url and model in config/llm.yml, and the key in the environment")
    frozen = [example for example in examples.read(FOLDER / "data").test if example.batch in examples.FROZEN]
    wanted = min(int(arguments[0]), len(frozen)) if arguments else len(frozen)
    chosen = [frozen[at * len(frozen) // wanted] for at in range(wanted)]
    rows = asyncio.run(judge.ask_all([question_of(example) for example in chosen]))
    model = read_model()
    judged = []
    for example, row in zip(chosen, rows, strict=True):
        own, _ = label(model, example)
        is_answered = row.outcome == "ok"
        stance, confidence = (Stance(row.stance), row.confidence) if is_answered else (own.stance, own.confidence)
        judged.append(Judged(example.stance, stance, confidence))
    outcomes = ", ".join(f"{outcome} {count}" for outcome, count in Counter(row.outcome for row in rows).most_common())
    tokens = sum(row.prompt_tokens for row in rows), sum(row.completion_tokens for row in rows)
    print(f"{judge.name} on {len(chosen)} statements of the frozen test: {outcomes}")
    print(f"tokens: {tokens[0]:,} asked, {tokens[1]:,} answered")
    if judge.stopped:
        print(f"stopped {judge.stopped}")
    print_figures(judged, model.alert_threshold)


def question_of(example: Example) -> Question:
    """An example as it would be asked about in a run."""
    document, passage = example.in_context()
    return Question(document.title, document.text, passage.start, passage.end, "")


if __name__ == "__main__":
    main(sys.argv[1:])
