"""The words that sample boards are made of: invented people, bodies, outlets and quotations."""

from __future__ import annotations

from typing import Final

from extractors.theme import ThemeRules
from flows.config_file import read_config
from flows.settings import SHIPPED_CONFIG

THEMES: Final = tuple(
    (str(theme.key), theme.label, theme.covers)
    for theme in read_config(SHIPPED_CONFIG / "themes.yml", ThemeRules).themes
)
"""As they are shipped: key, label, what it covers."""
ACTOR_TYPES: Final = (
    ("government", "Government"),
    ("national_body", "National body"),
    ("membership_body", "Membership body"),
    ("local_nhs", "Local NHS"),
    ("local_government", "Local government"),
    ("union_professional", "Union or professional body"),
    ("think_tank", "Think tank"),
    ("parliament", "Parliament"),
    ("patient_voluntary", "Patients and charities"),
    ("other", "Other"),
)
OUTLETS: Final = (
    "Valley Post",
    "Marsh Health Weekly",
    "Hill Gazette",
    "The Ward Round",
    "Harbour Times",
    "Commissioning Digest",
    "Northmoor Echo",
    "Surgery Today",
    "Parliament Watch",
    "Estuary Evening News",
    "Boardroom and Bedside",
)
BODIES: Final = (
    ("Valley Hospitals Group", "local_nhs"),
    ("Northmoor Integrated Care Board", "local_nhs"),
    ("Federation of Health Systems", "membership_body"),
    ("Office for Hospital Standards", "national_body"),
    ("Harrow Lane Institute", "think_tank"),
    ("Royal College of Ward Medicine", "union_professional"),
    ("Ministry for Hospitals", "government"),
    ("Fenland Council", "local_government"),
    ("Public Money Committee", "parliament"),
    ("Patients First Alliance", "patient_voluntary"),
    ("Estuary Community Trust", "local_nhs"),
    ("Association of Trust Chairs", "membership_body"),
    ("National Care Regulator", "national_body"),
    ("Tamar and Tavy Practices", "local_nhs"),
    ("Porters’ and Carers’ Union", "union_professional"),
    ("Saltmarsh Combined Authority", "local_government"),
    ("Centre for Public Services", "think_tank"),
    ("Carers’ Voice", "patient_voluntary"),
    ("Treasury Oversight Unit", "government"),
    ("Larch Valley Ambulance Service", "local_nhs"),
)
FORENAMES: Final = (
    *("Rosalind", "Idris", "Maren", "Tobias", "Anwen", "Cyril", "Farida", "Gwen", "Hector", "Ines", "Jolyon", "Keziah"),
    *("Lionel", "Mabel", "Niamh", "Osric", "Petra", "Quentin", "Rhona", "Silas", "Tamsin", "Uma", "Verity", "Wilf"),
)
SURNAMES: Final = (
    *("Peake", "Marlowe-Finch", "Hartigan", "Oyelade", "Thistlewood", "Brankin", "Cullimore", "Dunmoor", "Ellery"),
    *(
        "Fairclove",
        "Garside-Lowe",
        "Holloway-Reed",
        "Inchbald",
        "Jessop",
        "Kilbride",
        "Larkrise",
        "Mossdale",
        "Nettleship",
    ),
    *(
        "Ockwell",
        "Pemberley",
        "Quillfeather",
        "Ravenscar",
        "Summerbee",
        "Tregarth",
        "Underhill",
        "Vantongeren",
        "Wetherby",
    ),
)
QUOTES: Final[dict[str, tuple[tuple[str, tuple[int, ...]], ...]]] = {
    "local": (
        ("Give the neighbourhoods the money and the decisions, and publish the results.", (3, 7)),
        ("Nobody at a desk two hundred miles away can tell our practices what to do first.", (3, 9)),
        ("Every new template from the centre takes a nurse off the ward to fill it in.", (5, 8)),
        ("What worked here worked because it was ours. A national blueprint would have killed it in a month.", (12, 2)),
        ("Let boards keep what they save, and stop asking permission for a new boiler.", (7, 9)),
        ("We were promised freedom in the spring and sent a forty-page directive in the autumn.", (5, 4)),
        ("The mayor and the hospitals can settle this between them; Whitehall should get out of the way.", (1, 10)),
        ("Targets imposed from above have been met on paper and missed on the pavement.", (11, 6)),
    ),
    "central": (
        ("We need one national rule for discharge, and somebody with the power to enforce it.", (11, 5)),
        ("Where you live should not decide what you get. That takes a standard, and the standard must bind.", (12, 13)),
        ("Where boards fail we will step in, and we will not wait for a third bad report.", (5, 9)),
        ("There can be no opting out of the waiting-time guarantee.", (11,)),
        ("Forty-two ways of buying the same bed is not innovation; ministers should pick one.", (2, 7)),
        ("Pay, ratios and rotas belong in one national framework, not in the gift of each trust.", (8,)),
        ("Parliament votes the money and is entitled to direct how it is spent.", (6, 7)),
    ),
    "balanced": (
        ("Freedom for those who deliver, intervention for those who do not.", (6, 5)),
        ("Ministers should set the destination and leave the route to those who drive it.", (12, 9)),
        ("Earned autonomy is a fair bargain as long as both sides keep it.", (6,)),
        (
            "The argument about who is in charge has cost us ten years; patients need both a floor and some room.",
            (13, 4),
        ),
        (
            (
                "We asked for discretion over how, and we accept direction over what: a small number of national "
                "promises, published, audited and kept, with everything else left to the people who know the streets, "
                "the staff and the bus timetable."
            ),
            (12, 3, 6),
        ),
    ),
}
TITLES: Final = {
    "local": (
        "“Let the neighbourhoods decide”, says the head of three hospitals",
        "Boards ask for room to breathe",
        "Trust chairs warn of a flood of directives",
    ),
    "central": (
        "One rule for discharge, says hospitals chief",
        "Minister promises to step in sooner",
        "Call for binding standard on waits",
    ),
    "balanced": ("Freedom, with strings", "A bargain over who decides", "Think tank sets out a middle way"),
}
SEEDS: Final = (
    (
        "The freedom to fail and the freedom to fix",
        "The Ward Round",
        "2019-05-14",
        (
            (
                "Osric Pemberley",
                "Association of Trust Chairs",
                "local",
                "A hospital that must ask before it acts will in the end neither ask nor act.",
            ),
            (
                "Petra Jessop",
                "Office for Hospital Standards",
                "central",
                "Variation is not freedom. It is a queue with a different name in every town.",
            ),
        ),
    ),
    (
        "Evidence to the Public Money Committee",
        "Parliament Watch",
        "2021-11-02",
        (
            (
                "Lionel Inchbald",
                "Ministry for Hospitals",
                "central",
                "The department will hold every board to the same standard, and will publish who falls short.",
            ),
            (
                "",
                "Federation of Health Systems",
                "balanced",
                "Set us few promises, hold us to all of them, and leave the rest to us.",
            ),
            (
                "Gwen Tregarth",
                "Fenland Council",
                "local",
                "Care for older people is decided at kitchen tables, not in committee rooms.",
            ),
        ),
    ),
)
