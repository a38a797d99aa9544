"""Words for what is known of those who are interviewed, which pages of several parts say."""

from __future__ import annotations

from flask_babel import gettext

from survey_app.store.interviews import CaseRole, YearGroup
from survey_app.store.register import Gender


def role_word(role: str) -> str:
    """Name whose interview it is."""
    words = {
        CaseRole.PUPIL: gettext("Pupil"),
        CaseRole.GUARDIAN: gettext("Guardian"),
        CaseRole.STAFF: gettext("Staff"),
    }
    return words[CaseRole(role)]


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
