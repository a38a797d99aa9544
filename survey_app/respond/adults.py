"""What the adults beside a shared tablet read: the staff's language, whatever the pupils read."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import force_locale, gettext
from markupsafe import Markup

from forms.languages import direction
from survey_app.languages import DEFAULT, STAFF_LANGUAGES, spoken


def for_adults(caller: Callable[[], Markup]) -> Markup:
    """Write a part of a template in the staff's language, and mark it where that is another."""
    language = _language()
    with force_locale(STAFF_LANGUAGES[language]):
        words = caller()
    return Markup('<div lang="{}" dir="{}">{}</div>').format(language, direction(language), words)


def tablet_words() -> dict[str, str]:
    """Give the sentences of the adult's page of a shared tablet."""
    with force_locale(STAFF_LANGUAGES[_language()]):
        return {
            "digits": gettext("Choose 4 to 8 digits."),
            "wrong": gettext("That is not the right PIN."),
            "fetching": gettext(
                "The tablet is fetching the questions, to have them without a network too …"
            ),
            "slow": gettext(
                "It takes longer than usual. See that the tablet has a network. "
                "This page goes on trying."
            ),
            "pause": gettext("Too many wrong tries. Wait %(seconds)s seconds."),
        }


def _language() -> str:
    return spoken() if spoken() in STAFF_LANGUAGES else DEFAULT
