"""Names under a mask: all forms of the forgotten person's, none of anybody else's, and not a letter more or less."""

from __future__ import annotations

import pytest

from extractors.forgetting import Description, Mode, digest, draw_up, hash_names, name_parts, pseudonym_of
from extractors.masking import Masker

KEY = bytes(range(32))
FIRST_NAMES = {digest(KEY, name) for name in ("john", "sarah", "mark")}


def description(*names: str, **more: object) -> Description:
    known: dict[str, object] = {"variants": {"rosalind": ("roz",)}, "persona_ids": [], "bodies": [], "namesakes": []}
    return Description(**{"names": names or ("Rosalind Peake",), **known, "other_bodies": [], **more})  # type: ignore[arg-type]


def masker(known: Description, mode: Mode = Mode.PSEUDONYM) -> Masker:
    return Masker(KEY, [draw_up(KEY, "order", mode, known)], FIRST_NAMES)


def masked(text: str, known: Description | None = None, mode: Mode = Mode.PSEUDONYM) -> str:
    (found,), _ = masker(known or description(), mode).mask([text])
    return found


FORMS = [
    "Rosalind Peake, chair, said",
    "Dame Rosalind J. Peake",
    "R. Peake and R.J. Peake",
    "Ms Peake’s view; Peakes view it",
    "PEAKE: “we hold”",
    "Peake, Rosalind",
    "Roz Peake",
    "Rósalind Péake",
    "Ro\u00adsalind Pe\u0301ake",
    "ROSALIND\u00a0PEAKE",
    "https://post.example/2026/rosalind-peake-on-power/?by=peake",
    "rosalind.peake@nhs.example, rpeake@nhs.example, peake_r@nhs.example",
    "Health Secretary Peake warns",
    "Trust Chief Rosalind van Peake",
]


@pytest.mark.parametrize("text", FORMS)
@pytest.mark.parametrize("mode", list(Mode))
def test_every_form_is_masked_letter_for_letter(text: str, mode: Mode) -> None:
    found = masked(text, mode=mode)
    bare = found.casefold().replace("\u00ad", "").replace("\u0301", "").replace("é", "e").replace("ó", "o")
    assert "rosalind" not in bare
    assert "peake" not in bare.replace("peakes view it", "")
    assert len(found) == len(text)
    assert [c.isupper() for c in found] == [c.isupper() for c in text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>Rosalind</b> <a href='x'>Peake</a>", ("Rosalind", "Peake")),
        ("https://post.example/R%C3%B3salind-Peake/", ("salind", "Peake")),
        ("R&oacute;salind Peake &amp; Rosalind&nbsp;Peake", ("salind", "Peake")),
    ],
)
def test_names_in_pages_and_addresses_are_masked(text: str, expected: tuple[str, ...]) -> None:
    assert not [part for part in expected if part in masked(text)]


@pytest.mark.parametrize(
    "text",
    [
        "John Peake said, and J. Peake agreed",
        "Rosalind Marsh spoke",
        "the bespoke speaker of Peaked Hill",
        "deadbeefdeadbeef",
        "john-peake-on-power.html",
    ],
)
def test_nobody_else_is_masked(text: str) -> None:
    assert masked(text) == text


def test_a_hyphenated_name_with_an_apostrophe_is_one() -> None:
    known = description("Sunniva O'Hartell-Moss")
    found = masked("Sunniva O’Hartell-Moss, ohartell-moss, Ms O'HARTELL-MOSS’s", known)
    assert not {"Sunniva", "artell", "oss,", "HARTELL", "MOSS"} & {*found.replace("-", " ").split()}
    assert "oss" not in found
    assert "OSS" not in found


def test_a_surname_that_others_have_is_masked_only_where_the_person_is_named() -> None:
    known = description(namesakes=["tilda"])
    both = "Rosalind Peake spoke. Tilda Peake listened. Peake left."
    assert masked("Peake left.", known) == "Peake left."
    assert "Peake" not in masked("Rosalind Peake spoke. Peake left.", known)
    assert masked(both, known).endswith("Tilda Peake listened. Peake left.")
    assert masked("Ms Peake left.", description(ordinary=["peake"])) == "Ms Peake left."
    assert masker(known).mask(["Peake left."], {"order"})[0] != ["Peake left."]


def test_a_name_that_two_have_is_masked_beside_one_body_only() -> None:
    known = description(bodies=["Leeds City Council"], other_bodies=["NHS Providers"], is_shared=True)
    assert masked("Rosalind Peake of Leeds City Council", known).startswith("R") is False
    for text in (
        "Rosalind Peake of NHS Providers",
        "Rosalind Peake",
        "Rosalind Peake, Leeds City Council, NHS Providers",
    ):
        assert masked(text, known) == text


def test_a_pseudonym_is_stable_and_plainly_no_name() -> None:
    assert pseudonym_of(KEY, "order", "peake") == pseudonym_of(KEY, "order", "peake")
    assert pseudonym_of(KEY, "order", "peake") != pseudonym_of(KEY, "other", "peake")
    assert set(pseudonym_of(KEY, "order", "rosalind")) <= set("aeiouqxzvkj")
    assert masked(masked("Rosalind Peake")) == masked("Rosalind Peake")


def test_an_order_holds_no_name_and_tells_a_masked_address() -> None:
    order = draw_up(KEY, "order", Mode.PSEUDONYM, description())
    assert "peake" not in repr(order).casefold()
    assert (
        hash_names(KEY, ["Rosalind Peake"])
        == hash_names(KEY, ["ROSALIND PÉAKE"])
        != hash_names(bytes(32), ["Rosalind Peake"])
    )
    for mode in Mode:
        assert masker(description(), mode).hides(masked("https://post.example/rosalind-peake/", mode=mode))
        assert not masker(description(), mode).hides("https://post.example/xenia-exhales/")


def test_less_than_a_whole_name_is_no_order() -> None:
    assert name_parts("Ms Peake") is None
    with pytest.raises(ValueError, match="no first name and surname"):
        draw_up(KEY, "order", Mode.ERASE, description("Peake"))
