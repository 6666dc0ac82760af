"""The stock that the soak's news is made of: invented people and places, and sentences whose sides the engine knows."""

from __future__ import annotations

from typing import Final


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


FIRST_NAMES: Final = _listed(
    "Ottoline Ambrose Petronella Lucian Rosalind Barnaby Cordelia Jasper Isolde Quentin Tamsin Horatio Winifred Rufus"
    " Marigold Septimus Clementine Fergus Beatrix Leopold Philippa Gideon Araminta Crispin"
)
SURNAMES: Final = _listed(
    "Crabtree Merrivane Holloway Pettigrove Lanyon Thornbury Wexcombe Aldermere Brackley Fenwright Godalmere Hartsong"
    " Ivelchester Kesterling Mossgrave Northwold Ormsgate Pellingham Quarrington Ravenhall Sedgemoor Tarrowby Underlyne"
    " Wychbold"
)
PLACES: Final = _listed(
    "Amberley Brockfield Calderwick Dunmere Eastholt Farrowdale Glenside Harwick Inverlea Kettlebury Lorneham Marsham"
    " Netherby Ockfield Penhallow Ridgemont Saltwick Thorley Upwell Wenmoor"
)
SERVICES: Final = (
    "urgent care",
    "maternity care",
    "community nursing",
    "the new surgical centre",
    "mental health care",
    "stroke care",
    "the ambulance service",
    "children's services",
)
ROLES: Final = ("chief executive", "chair", "medical director", "director of strategy")
LOCAL: Final = (
    "Local boards in {place} must be free to decide for themselves how {service} is run, without orders from London",
    "Decisions about {service} should be taken by local leaders in {place}, not by officials in Whitehall",
    "Ministers should stop interfering in {service} and let trusts in {place} run their own affairs",
    "We want far more local control over {service} in {place} and far fewer targets handed down from the centre",
)
CENTRAL: Final = (
    "Ministers must take direct control of {service}, because leaving it to boards in {place} has failed",
    "The Government should set one national standard for {service} and make every trust in {place} follow it",
    "Decisions about {service} should be taken nationally and not left to local boards in {place}",
    "We want the centre to take charge of {service} again, and to direct what trusts in {place} do",
)
FILLERS: Final = (
    "The meeting in {place} lasted three hours and was followed by some forty people in the old corn exchange.",
    "A survey of {number} residents last autumn had put waiting times and car parking at the head of their concerns.",
    "The building, which opened in 19{number}, needs a new roof before another winter, according to papers before it.",
    "Some {number} staff work there, and the number of vacancies has fallen for the second quarter in a row.",
    "The next report is expected before the summer, and its figures will be published on the same day.",
    "The canteen stays open until eight in the evening, and buses run to the site from the market place.",
)
