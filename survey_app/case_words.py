"""Words for what is known of those who are interviewed, which pages of several parts say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext

from forms.marking import N_
from survey_app.actions.interviews.cases import districts
from survey_app.store.interviews import CaseRole, YearGroup
from survey_app.store.register import Gender

ROLES = {
    CaseRole.PUPIL: N_("Pupil"),
    CaseRole.GUARDIAN: N_("Guardian"),
    CaseRole.STAFF: N_("Staff"),
}


def role_word(role: str) -> str:
    """Name whose interview it is; lists have a thousand of them."""
    return gettext(ROLES[CaseRole(role)])


def gender_word(gender: str) -> str:
    """Name a gender."""
    words = {
        Gender.GIRL: gettext("Girl"),
        Gender.BOY: gettext("Boy"),
        Gender.OTHER: gettext("Other"),
    }
    return words[Gender(gender)]


def years_word(years: str) -> str:
    """Name a group of school years."""
    words = {YearGroup.MIDDLE: gettext("Years 4–6"), YearGroup.UPPER: gettext("Years 7–9")}
    return words[YearGroup(years)]


def district_word(code: str) -> str:
    """Name a district."""
    return next((each.name for each in districts() if each.code == code), code)


def fact_word(name: str, fact: str) -> str:
    """Say something that is known of a case, by the name of its column."""
    words: Mapping[str, Callable[[str], str]] = {
        "role": role_word,
        "district": district_word,
        "gender": gender_word,
        "year_group": years_word,
    }
    return words[name](fact)
