"""Words for the coordinator's pages: titles in the reader's language, states, counts, dates."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.dates import format_date
from flask_babel import get_locale, gettext, ngettext

from exports.disclosure.symbols import Symbol
from forms.languages import name_of
from survey_app.actions import instruments
from survey_app.actions.calendar import today
from survey_app.actions.codes import CodeCount
from survey_app.actions.register.periods import PeriodUnknown, period_of
from survey_app.actions.register.states import ReturnState
from survey_app.actions.returns.expecting import due_of
from survey_app.actions.returns.unexpected import Cause
from survey_app.actions.rounds import STEP, Count
from survey_app.actions.signoffs import Standing, State
from survey_app.actions.titles import title_of
from survey_app.coordinate.blueprint import bp
from survey_app.languages import spoken
from survey_app.store import queries
from survey_app.store.models import Round, RoundState

LOOKS = {RoundState.PLANNED: "warning", RoundState.OPEN: "good", RoundState.CLOSED: ""}


def state_of(shown: Round) -> RoundState:
    """Tell where a round is today."""
    return shown.state_on(today())


def state_word(state: RoundState) -> str:
    """Name a state."""
    words = {
        RoundState.PLANNED: gettext("Planned"),
        RoundState.OPEN: gettext("Open"),
        RoundState.CLOSED: gettext("Closed"),
    }
    return words[state]


def cause_word(cause: Cause) -> str:
    """Say why a return is not expected."""
    words = {
        Cause.CONSENT: gettext("The consent was taken back or ran out before this period."),
        Cause.NOT_AGREED: gettext("The consent does not cover this kind of data."),
        Cause.NOT_ENROLLED: gettext("The pupil is not enrolled in this period."),
        Cause.NOT_PLACED: gettext("No team has the pupil in this period."),
        Cause.UNKNOWN: gettext("The register does not have this pupil."),
        Cause.ENDED: gettext("It does not exist in this period."),
    }
    return words[cause]


def action_word(action: str) -> str:
    """Say what was done to a return."""
    words = {
        "submit": gettext("handed in"),
        "save": gettext("changed"),
        "cannot": gettext("cannot be supplied"),
        "accept": gettext("accepted"),
        "give-back": gettext("given back"),
    }
    return words.get(action, action)


def mode_word(mode: str) -> str:
    """Name a mode."""
    words = {
        "anonymous": gettext("Anonymous"),
        "interview": gettext("Interview"),
        "return": gettext("Return"),
    }
    return words[mode]


def level_word(level: str) -> str:
    """Name how much a problem stops."""
    words = {
        "error": gettext("Error"),
        "warning": gettext("Warning"),
        "advice": gettext("Advice"),
    }
    return words[level]


def level_words(level: str, number: int) -> str:
    """Name so many problems of a level, after their number."""
    words = {
        "error": ngettext("error", "errors", number),
        "warning": ngettext("warning", "warnings", number),
        "advice": ngettext("piece of advice", "pieces of advice", number),
    }
    return words[level]


def count_words(count: Count) -> str:
    """Say how many answers there are, as exactly as may be known."""
    if count.is_exact:
        return ngettext("%(num)s answer", "%(num)s answers", count.least)
    if count.least == 0:
        return gettext("fewer than %(number)s answers", number=STEP)
    return gettext("at least %(number)s answers", number=count.least)


def code_use(codes: CodeCount) -> str:
    """Say how many codes of released answers there are, where it may be known, and how exactly."""
    if codes.is_exact:
        return str(codes.used)
    if codes.used:
        return gettext("at least %(number)s", number=codes.used)
    return gettext("fewer than %(number)s", number=STEP)


def instrument_choices() -> list[tuple[str, str]]:
    """Give the instruments that a round can be planned with: name and title."""
    titles = {version.name: title_of(version) for version in queries.all_versions()[::-1]}
    titles |= {name: built_in_title(name) for name in instruments.built_in_only()}
    return sorted(titles.items(), key=lambda item: item[1].casefold())


def built_in_title(name: str) -> str:
    """Give the title of a built-in instrument."""
    return title_of(instruments.built_in(name))


def language_name(tag: str) -> str:
    """Name a language for those who do not read it."""
    return Locale.parse(spoken()).languages.get(tag) or name_of(tag)


def language_state(standing: Standing) -> tuple[str, str]:
    """Say where a language is, and give the look of its mark."""
    words = {
        State.SOURCE: (gettext("complete"), "good"),
        State.DRAFT: (gettext("draft"), ""),
        State.APPROVED: (gettext("approved"), "good"),
        State.CHANGED: (gettext("changed since it was approved"), "warning"),
    }
    return words[standing.state]


def return_mark(state: ReturnState) -> tuple[str, str]:
    """Name where a return is, and give the look of its mark."""
    words = {
        ReturnState.NOT_EXPECTED: (gettext("not expected"), ""),
        ReturnState.EXPECTED: (gettext("expected"), ""),
        ReturnState.DRAFT: (gettext("begun"), ""),
        ReturnState.SUBMITTED: (gettext("handed in"), "warning"),
        ReturnState.ACCEPTED: (gettext("accepted"), "good"),
        ReturnState.RETURNED: (gettext("given back"), "warning"),
        ReturnState.CORRECTED: (gettext("corrected"), "warning"),
        ReturnState.MISSING: (gettext("missing"), "bad"),
        ReturnState.CANNOT_BE_SUPPLIED: (gettext("cannot be supplied"), ""),
    }
    return words[state]


def column_word(of: Round) -> str:
    """Name a round in the head of a narrow column: its period, else its title."""
    if of.period is None:
        return title_of(of)
    try:
        period = period_of(of.period)
    except PeriodUnknown:
        return of.period
    if period.first.month == period.last.month:
        return format_date(period.first, "MMM yyyy", locale=get_locale())
    return of.period


def due_day(of: Round) -> date | None:
    """Give the day by which a round's answers are wanted; None where each has its own, or none."""
    try:
        return due_of(of, period_of(of.period)) if of.period else of.due
    except PeriodUnknown:
        return of.due


@bp.app_context_processor
def _for_templates() -> dict[str, object]:
    return {
        "title_of": title_of,
        "state_of": state_of,
        "state_word": state_word,
        "state_looks": LOOKS,
        "mode_word": mode_word,
        "level_word": level_word,
        "level_words": level_words,
        "code_use": code_use,
        "hidden": Symbol.HIDDEN,
        "count_words": count_words,
        "language_name": language_name,
        "language_state": language_state,
        "return_mark": return_mark,
        "column_word": column_word,
        "due_day": due_day,
    }
