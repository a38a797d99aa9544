"""Words of the team's pages: states, units, values and what the script says."""

from __future__ import annotations

import re

from flask_babel import format_date, get_locale, gettext, ngettext

from survey_app.actions.register.periods import Period, kind_of
from survey_app.actions.register.states import ReturnState
from survey_app.actions.returns.placing import PUPIL

MONTH = re.compile(r"\d{4}-\d{2}")
OWN_WEEKS = re.compile(r"v(\d+)-(\d+)")  # the third eight weeks of a pupil's own are v8-3
LOOKS = {
    ReturnState.EXPECTED: "",
    ReturnState.DRAFT: "warning",
    ReturnState.SUBMITTED: "good",
    ReturnState.ACCEPTED: "good",
    ReturnState.RETURNED: "bad",
    ReturnState.CORRECTED: "good",
    ReturnState.MISSING: "bad",
    ReturnState.CANNOT_BE_SUPPLIED: "",
    ReturnState.NOT_EXPECTED: "",
}


def look_of(state: ReturnState) -> str:
    """Give the class of a state's chip."""
    return LOOKS[state]


def state_word(state: ReturnState) -> str:
    """Name where a return is."""
    words = {
        ReturnState.NOT_EXPECTED: gettext("Not expected"),
        ReturnState.EXPECTED: gettext("Not begun"),
        ReturnState.DRAFT: gettext("Begun"),
        ReturnState.SUBMITTED: gettext("Handed in"),
        ReturnState.ACCEPTED: gettext("Accepted"),
        ReturnState.RETURNED: gettext("Given back"),
        ReturnState.CORRECTED: gettext("Corrected"),
        ReturnState.MISSING: gettext("Late"),
        ReturnState.CANNOT_BE_SUPPLIED: gettext("Cannot be handed in"),
    }
    return words[state]


def progress(kind: str, done: int, total: int) -> str:
    """Say how many units are done, of what kind they are."""
    if kind == PUPIL:
        return ngettext(
            "%(done)s of %(num)s pupil done", "%(done)s of %(num)s pupils done", total, done=done
        )
    return ngettext(
        "%(done)s of %(num)s report done", "%(done)s of %(num)s reports done", total, done=done
    )


def period_word(period: Period) -> str:
    """Name a period: a month by its name, the pupil's own by its days."""
    try:
        kind = kind_of(period.key)
    except ValueError:
        days = format_date(period.first, "short"), format_date(period.last, "short")
        return " – ".join(days)
    if kind == "month":
        return format_date(period.first, "LLLL yyyy")
    return period.key


def short_period(key: str) -> str:
    """Name a month briefly, a pupil's own period by its weeks; other periods by their key."""
    locale = get_locale()
    if found := OWN_WEEKS.fullmatch(key):
        weeks, number = int(found[1]), int(found[2])
        first, last = weeks * (number - 1) + 1, weeks * number
        return gettext("week %(first)s–%(last)s", first=first, last=last)
    if locale is None or not MONTH.fullmatch(key):
        return key
    year, _, month = key.partition("-")
    return f"{locale.months['stand-alone']['abbreviated'][int(month)]} {year[2:]}"


def script_words() -> dict[str, str]:
    """Give the sentences that the page's script says, their gaps still open."""
    return {
        "saving": gettext("Saving …"),
        "saved": gettext("Saved %(time)s"),
        "unsaved": gettext("Not saved – trying again"),
        "waiting": gettext("Not saved yet"),
        "by_hand": gettext("Changes are kept when you hand them in."),
        "conflict": gettext("%(account)s has changed this at the same time. Choose what is right."),
        "theirs": gettext("%(account)s wrote: %(words)s"),
        "nothing": gettext("nothing"),
        "take": gettext("Take that"),
        "keep": gettext("Keep mine"),
        "left": gettext("%(count)s left"),
        "none_left": gettext("Everything is answered"),
        "all_done": gettext("Everything is handed in. Thank you!"),
        "logged_out": gettext("Not saved: you are logged out. Log in in another tab."),
        "not_allowed": gettext("Not saved: this report is no longer yours to write."),
        "look": gettext("Look at what is marked, and hand in again."),
        "no_answer": gettext("Not answered"),
        "added": gettext("%(what)s is added."),
        "instance": gettext("%(number)s of %(total)s"),
        "place": gettext("Place %(number)s of %(total)s"),
        "removed": gettext("%(what)s is removed."),
        "unloaded": gettext("This could not be fetched. Try again when the network is back."),
    }
