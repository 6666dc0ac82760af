"""Text -> statements with speakers, themes and stances: the analysis engine put together."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.meaning_reader import MeaningReader
from extractors.records import ActorStance, Analysis, Document, Passage, Speaker, Stance, Statement
from extractors.stance import StanceModel, actor_stance
from extractors.statement import StatementFinder
from extractors.theme import ThemeTagger


@dataclass(frozen=True, slots=True)
class Analyser:
    """The engine with all its knowledge; deterministic, picklable, no I/O.

    ``version`` names engine, model and configuration; every label derived carries it.
    """

    finder: StatementFinder
    tagger: ThemeTagger
    model: StanceModel
    meanings: MeaningReader
    version: str

    def analyse(self, document: Document) -> Analysis:
        """All statements of ``document`` with offsets into its text, and what each actor's add up to."""
        statements = tuple(self._label(document, passage) for passage in self.finder.find(document))
        return Analysis(statements, actors_of(statements), self.tagger.of_article(document))

    def _label(self, document: Document, passage: Passage) -> Statement:
        label, themes = self.model.read(document, passage, self.tagger.of_statement(document, passage))
        text = document.text[passage.start : passage.end]
        return Statement(
            start=passage.start,
            end=passage.end,
            text=text,
            speaker=passage.speaker,
            persona=self.finder.personas.read(passage.speaker),
            quote_kind=passage.quote_kind,
            label=label,
            themes=themes,
            grounds=passage.grounds,
            meaning=self.meanings.read(text) if themes or label.stance is not Stance.NONE else None,
        )


def actors_of(statements: tuple[Statement, ...]) -> tuple[ActorStance, ...]:
    """One row an identified actor, in order of appearance; a person is one actor whatever the organisation."""
    speakers: dict[tuple[str, str], Speaker] = {}
    stances: dict[tuple[str, str], list[Stance]] = {}
    for statement in statements:
        speaker = statement.speaker
        if speaker.has_identity:
            key = (speaker.person, "" if speaker.person else speaker.organisation)
            speakers.setdefault(key, speaker)
            stances.setdefault(key, []).append(statement.label.stance)
    return tuple(
        ActorStance(who.person, who.organisation, who.actor_type, actor_stance(stances[key]))
        for key, who in speakers.items()
    )
