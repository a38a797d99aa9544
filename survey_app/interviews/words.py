"""Words of the interviewers' pages."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from forms.languages import name_of
from survey_app.actions.interviews.errors import NamesSomebody
from survey_app.case_words import gender_word, role_word, years_word
from survey_app.interviews.blueprint import bp
from survey_app.store.interviews import CaseState, Recruited

OTHER_LANGUAGE = "mul"
LOOKS = {
    CaseState.PLANNED: "",
    CaseState.BOOKED: "warning",
    CaseState.DONE: "good",
    CaseState.DECLINED: "",
    CaseState.WITHDRAWN: "bad",
}


def case_word(state: str) -> str:
    """Name where a case is."""
    words = {
        CaseState.PLANNED: gettext("Planned"),
        CaseState.BOOKED: gettext("Booked"),
        CaseState.DONE: gettext("Interviewed"),
        CaseState.DECLINED: gettext("Declined"),
        CaseState.WITHDRAWN: gettext("Withdrawn"),
    }
    return words[CaseState(state)]


def recruited_word(by: str) -> str:
    """Name who asked."""
    words = {
        Recruited.TEAM: gettext("The team"),
        Recruited.SCHOOL: gettext("The school"),
        Recruited.LETTER: gettext("A letter"),
        Recruited.OTHER: gettext("Somebody else"),
    }
    return words[Recruited(by)]


def guardians_word(number: int) -> str:
    """Say how many guardians signed."""
    return ngettext("%(num)s guardian", "%(num)s guardians", number)


def language_of_case(tag: str) -> str:
    """Name the language of an interview."""
    return gettext("Another language") if tag == OTHER_LANGUAGE else name_of(tag)


def saving_words() -> dict[str, str]:
    """Give the sentences that the guide's script says while notes save themselves."""
    return {
        "saved": gettext("The notes are saved."),
        "waiting": gettext("The notes will be saved in a moment."),
        "restored": gettext("Notes that had not been sent are put back."),
        "offline": gettext(
            "No network. The notes are kept locked on this device, and sent when it is back."
        ),
        "unkept": gettext(
            "No network, and this browser keeps nothing. Leave the page open until it is back."
        ),
        "logged_out": gettext(
            "You are logged out. The notes are kept locked on this device: log in in another tab."
        ),
        "look": gettext("Not saved yet: look at the marked notes."),
        "conflict": gettext(
            "Somebody else has written in the same notes. Choose at each marked note what stays."
        ),
        "theirs": gettext("%(account)s wrote: %(words)s"),
        "somebody": gettext("Somebody else"),
        "nothing": gettext("nothing"),
        "names": gettext(NamesSomebody.sentence),
        "likely": gettext("A number here may be a personnummer. If it is, remove it."),
        "maybe": gettext("Is this a name? Then write who it is instead: %(names)s"),
    }


@bp.app_context_processor
def _for_templates() -> dict[str, object]:
    return {
        "role_word": role_word,
        "case_word": case_word,
        "case_looks": LOOKS,
        "gender_word": gender_word,
        "years_word": years_word,
        "recruited_word": recruited_word,
        "guardians_word": guardians_word,
        "language_of_case": language_of_case,
    }
