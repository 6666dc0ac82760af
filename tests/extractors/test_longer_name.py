"""Known names inside longer ones: which runs of capitals are one name, and where the known body is still found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extractors.mention import MentionKind
from extractors.records import Document
from extractors.scan import MentionReader
from extractors.statement import StatementFinder
from extractors.vocabulary import Vocabulary

if TYPE_CHECKING:
    from extractors.lexicon import Lexicon
    from extractors.records import ActorBook


@pytest.fixture(scope="module")
def mentions(lexicon: Lexicon, actors: ActorBook) -> MentionReader:
    return MentionReader(Vocabulary(lexicon, actors), lexicon)


@pytest.fixture(scope="module")
def by_book(lexicon: Lexicon, actors: ActorBook) -> StatementFinder:
    return StatementFinder(lexicon, actors)


def bodies(reader: MentionReader, text: str) -> list[str]:
    scan = reader.read(text, text.replace("’", "'"), 0, len(text))
    return [found.text for found in scan.mentions if found.kind is MentionKind.ORGANISATION]


@pytest.mark.parametrize(
    "name",
    [
        "Fennimore Health Foundation",
        "Tropical Health Foundation",
        "Fennimore Mental Health Foundation",
        "Rural Health Foundation",
        "Northern Royal College of Nursing",
        "South Kelbourne Royal College of Nursing",
        "Marlowe King’s Fund",
        "Kelbourne Patients Association",
        "Ostrava Department of Health",
        "Fennimore NHS Confederation",
        "Kelbourne Local Government Association",
        "Kelbourne and Thrapwell Health Foundation",
        "Vale of Ostry Health Foundation",
        "Children’s Health Foundation",
        "Fennimore Children’s Health Foundation",
        "St Osric’s Health Foundation",
        "European Health Foundation",
        "Health Foundation Alliance",
        "Patients Association Institute",
        "Tarn Fever UK",
        "Fennimore Tarn Fever UK",
    ],
)
@pytest.mark.parametrize(
    "sentence",
    [
        "Ottoline Greshwick, chief executive of {} in Ostry, said it was late.",
        "It was late, the {} said.",
        "{} said so.",
    ],
)
def test_a_longer_name_is_kept_whole(mentions: MentionReader, sentence: str, name: str) -> None:
    assert bodies(mentions, sentence.format(name)) == [name]


@pytest.mark.parametrize(
    "name", ["National Health Foundation", "New Patients Association", "Ada Quill Health Foundation"]
)
@pytest.mark.parametrize("sentence", ["It was late, said Tessa Quill of the {}.", "The {} said so."])
def test_behind_an_article_a_capital_letter_is_the_name_s_own(
    mentions: MentionReader, sentence: str, name: str
) -> None:
    assert bodies(mentions, sentence.format(name)) == [name]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Labour’s Department of Health and Social Care said so.", "Department of Health and Social Care"),
        ("Kelbourne’s Health Foundation said so.", "Health Foundation"),
        ("Former NHS England chief Tessa Quill said so.", "NHS England"),
        ("Former Health Foundation chief Tessa Quill said so.", "Health Foundation"),
        ("Yesterday NHS Providers said so.", "NHS Providers"),
        ("Yesterday NHS Confederation leaders said so.", "NHS Confederation"),
        ("Chief NHS Confederation economist Tessa Quill said so.", "NHS Confederation"),
        ("Senior Health Foundation fellow Tessa Quill said so.", "Health Foundation"),
        ("The new Royal College of Nursing chair said so.", "Royal College of Nursing"),
        ("New Royal College of Nursing figures say so.", "Royal College of Nursing"),
        ("Separately Health Foundation researchers said so.", "Health Foundation"),
        ("Signed: Director Health Foundation.", "Health Foundation"),
        ("It was Dr Quill Health Foundation staff asked.", "Health Foundation"),
        ("Tessa Quill NHS Confederation", "NHS Confederation"),
        ("Welsh NHS Confederation director Tessa Quill said so.", "Welsh NHS Confederation"),
        ("Welsh Local Government Association leaders said so.", "Welsh Local Government Association"),
        ("Scottish Royal College of Nursing members said so.", "Royal College of Nursing"),
        ("Kelbourne RCN members said so.", "Royal College of Nursing"),
        ("Kelbourne Labour members said so.", "Labour Party"),
        ("The Royal College of Nursing Scotland said so.", "Royal College of Nursing"),
        ("UK Department of Health and Social Care officials said so.", "Department of Health and Social Care"),
        ("Stormont Department of Health officials said so.", "Department of Health and Social Care"),
        ("The National Health Service said so.", "National Health Service"),
        ("Leeds City Council leader Tessa Quill said so.", "Leeds City Council"),
        ("Beleaguered Care Quality Commission bosses said so.", "Care Quality Commission"),
        ("Ministers Reject Royal College of Nursing Plea", "Royal College of Nursing"),
        ("Kelbourne Trust Spurns Health Foundation Offer", "Health Foundation"),
        ("Tessa Quill Backs Health Foundation Offer", "Health Foundation"),
        ("Charity Health Foundation said so.", "Health Foundation"),
        ("UNISON and Royal College of Nursing members said so.", "Royal College of Nursing"),
        ("Tessa Quill and Health Foundation staff said so.", "Health Foundation"),
        ("Westminster Department of Health sources said so.", "Department of Health and Social Care"),
        ("Friends of the Health Foundation said so.", "Health Foundation"),
    ],
)
def test_the_known_body_is_still_found(mentions: MentionReader, text: str, body: str) -> None:
    assert body in bodies(mentions, text)


@pytest.mark.parametrize(
    "text",
    [
        "Former UK ministers said so.",
        "Tory Health Secretary Tessa Quill said so.",
        "Tessa Quill UK",
        "Beleaguered UK ministers said so.",
        "Dr Ada Quill UK",
    ],
)
def test_no_body_is_made_up(mentions: MentionReader, text: str) -> None:
    assert set(bodies(mentions, text)) <= {"Conservative Party"}


@pytest.mark.parametrize("name", ["Fennimore Health Foundation", "Northern Royal College of Nursing"])
def test_an_employer_is_no_known_body_whose_name_it_ends_in(by_book: StatementFinder, name: str) -> None:
    text = (
        f"“Let every board decide for itself,” said Ottoline Greshwick, chief executive of the {name}.\n\n"
        "She wants the National Health Service to listen."
    )
    speaker = by_book.find(Document(text))[0].speaker
    assert (speaker.role, speaker.organisation) == ("chief executive", name)
