"""What the numbers of each kind of picture are: so that a reader can trace where one comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext

from exports.charts.pictures import Picture
from survey_app.actions.results import returned

ENKAT, WAVES, INTERVIEWS = "enkat", "waves", "interviews"


@dataclass(frozen=True, slots=True)
class Definition:
    """How a kind of number is made.

    Attributes:
        name: What reports call it, with its version: another way of counting is another version.
        says: In words.
        is_summed_up: Whether its sentence stands in a report's summary.
    """

    name: str
    says: str
    is_summed_up: bool = False


_BY_GROUP = Definition(
    "intervju-grupp.1",
    lazy_gettext(
        "Interviews in each group that mention the code at least once. All codes and groups are "
        "protected together."
    ),
)
# What a page is about, and the word that its picture's name begins or ends with.
DEFINITIONS: Mapping[str, Mapping[str, Definition]] = {
    ENKAT: {
        "overview": Definition(
            "enkat-index.1",
            lazy_gettext(
                "An answer counts from 0 to 10, where 10 is best. A respondent's index of an area "
                "is the mean of the answers to its questions, for who has taken a stand on at "
                "least half of them; the table has the mean of these. Shares of “don't know”, "
                "“would not answer” and “left empty” are of all who were asked."
            ),
            is_summed_up=True,
        ),
        "by-gender": Definition(
            "enkat-kon.1",
            lazy_gettext(
                "The mean index of the area for each answer to the question about gender, where "
                "each group has at least ten answers: in the round, and with an index of the area. "
                "Of rounds of the whole city alone."
            ),
        ),
        "area": Definition(
            "enkat-fragor.1",
            lazy_gettext(
                "Share of each answer among those who answered something else than don't know. "
                "From 10 to 29 answers there are two classes, to the nearest 10 per cent; from 30 "
                "on whole per cent, where a class of one to four joins its neighbour."
            ),
        ),
        "choices": Definition(
            "enkat-flerval.1",
            lazy_gettext(
                "Share of those who answered that ticked the alternative. Several may be ticked, "
                "so the shares may come to more than 100."
            ),
        ),
    },
    WAVES: {
        "waves": Definition(
            "enkat-omgangar.1",
            lazy_gettext(
                "The index of each round as in its own table. The change is the newest printed "
                "index minus the one before. Other pupils may have answered."
            ),
        )
    },
    returned.MILESTONES: {
        "reached": Definition(
            "delmal-nadda.1",
            lazy_gettext(
                "A milestone is reached when the team judges it at level 0 or higher. For each "
                "pupil: the share of the milestones judged that month that are reached. The table "
                "has the mean over pupils, and how many have reached all, some or none."
            ),
            is_summed_up=True,
        ),
        "gas": Definition(
            "delmal-gas.1",
            lazy_gettext(
                "For each pupil T = 50 + 10·Σwx / √((1 − ρ)·Σ(w·w) + ρ·Σw·Σw), where x is the "
                "level of a judged milestone (−2 to 2), w its weight and ρ = 3/10. The table has "
                "the mean over pupils. Levels are an order that is treated as a measure."
            ),
            is_summed_up=True,
        ),
        "by-gender": Definition(
            "delmal-kon.1",
            lazy_gettext(
                "The same means for girls, and for all other pupils together, where each of the "
                "two groups has at least ten pupils that month. Both are shown, or neither."
            ),
        ),
    },
    returned.ATTENDANCE: {
        "absence": Definition(
            "franvaro-medel.1",
            lazy_gettext(
                "For each pupil: minutes of excused and of unexcused absence in per cent of the "
                "scheduled minutes that month; then the mean over pupils. Pupils without "
                "scheduled time or without figures are left out."
            ),
            is_summed_up=True,
        ),
        "classes": Definition(
            "franvaro-klasser.1",
            lazy_gettext(
                "Pupils by all absence, excused and unexcused together, in per cent of their "
                "scheduled minutes that month."
            ),
        ),
        "by-gender": Definition(
            "franvaro-kon.1",
            lazy_gettext(
                "The same means for girls, and for all other pupils together, where each of the "
                "two groups has at least ten pupils that month. Both are shown, or neither."
            ),
        ),
    },
    returned.GRADES: {
        "change": Definition(
            "betyg-forandring.1",
            lazy_gettext(
                "Pupils with grades at both terms, by whether the share of their subjects that "
                "are passed is higher, the same or lower at the second. Passed are A to E, of all "
                "A to F and streck; exact fractions are compared. The interval is Wilson's, 95 "
                "per cent."
            ),
            is_summed_up=True,
        ),
        "means": Definition(
            "betyg-medel.2",
            lazy_gettext(
                "Mean of the pupils' shares of passed subjects. The same pupils at both terms, "
                "and beside them everybody with grades at each term. Girls, and all other pupils "
                "together, where each of the two groups has at least ten pupils."
            ),
        ),
        "eligibility": Definition(
            "betyg-behorighet.1",
            lazy_gettext(
                "Pupils with grades at both terms, by whether they fulfilled the demands of the "
                "programme at each. p is McNemar's exact test, two-sided."
            ),
        ),
        "thirds": Definition(
            "betyg-tredjedelar.1",
            lazy_gettext(
                "The pupils with grades at both terms in three groups by the share of passed "
                "subjects at the first term."
            ),
        ),
    },
    INTERVIEWS: {
        "mentions": Definition(
            "intervju-koder.1",
            lazy_gettext("Coded interviews that mention the code at least once."),
            is_summed_up=True,
        ),
        "together": Definition(
            "intervju-tillsammans.1",
            lazy_gettext("Coded interviews that mention both codes at least once."),
        ),
        **dict.fromkeys(("role", "district", "gender", "year-group"), _BY_GROUP),
    },
}


def definition_of(about: str, picture: Picture) -> Definition:
    """Find how the numbers of a page's picture are made."""
    words = DEFINITIONS[about]
    begun = (word for word in words if f"{picture.name}-".startswith(f"{word}-"))
    ended = (word for word in words if f"-{picture.name}".endswith(f"-{word}"))
    return words[next(begun, "") or next(ended)]
