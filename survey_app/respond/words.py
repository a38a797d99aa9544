"""The sentences that the page's script says."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import get_locale, gettext, ngettext

from survey_app.actions.code_errors import CodeMistyped
from survey_app.actions.errors import CodeMissing

GAP = "%(count)s"
MOST_FORMS = 112  # among so many numbers each plural form of CLDR's languages stands once


def script_words(needs: Collection[str] = ()) -> dict[str, str]:
    """Give the sentences translated, their gaps still open: the script fills them in.

    Args:
        needs: The further parts of the script that the questionnaire needs.
    """
    about_codes = _about_codes() if "entry" in needs else {}
    return {**_always(), **(_when_needed() if needs else {}), **about_codes}


def _about_codes() -> dict[str, str]:
    errors = {"code_missing": CodeMissing, "code_mistyped": CodeMistyped}
    return {name: gettext(error.sentence) for name, error in errors.items()}


def _when_needed() -> dict[str, str]:
    return {
        "added": gettext("%(what)s is added."),
        "instance": gettext("%(number)s of %(total)s"),
        "no_answer": gettext("Not answered"),
        "place": gettext("Place %(number)s of %(total)s"),
        "removed": gettext("%(what)s is removed."),
    }


def _always() -> dict[str, str]:
    return {
        "beginning": gettext("Before you begin"),
        "cleared": gettext("Your answer is cleared."),
        "last_step": gettext("Last step"),
        "question": gettext("Question %(number)s of %(total)s"),
        "questions": gettext("Questions %(first)s to %(last)s of %(total)s"),
        "sending": gettext("Sending your answers …"),
        "to_review": gettext("Go to the end"),
        "unreached": gettext(
            "Your answers could not be sent just now. They are still here. Wait a moment and try "
            "again."
        ),
    }


def offline_words() -> dict[str, object]:
    """Give the sentences about answers that wait, one for each of the language's plural forms."""
    waiting = {
        form: ngettext(
            "%(count)s answer is waiting to be sent.",
            "%(count)s answers are waiting to be sent.",
            number,
            count=GAP,
        )
        for form, number in _plural_forms().items()
    }
    refused = {
        form: ngettext(
            "%(count)s answer could not be taken. Tell an adult.",
            "%(count)s answers could not be taken. Tell an adult.",
            number,
            count=GAP,
        )
        for form, number in _plural_forms().items()
    }
    return {"locale": _tag(), "waiting": waiting, "refused": refused}


def _plural_forms() -> dict[str, int]:
    """Give a number for each plural form of the interface's language, by CLDR's name for it."""
    locale = get_locale()
    rule = locale.plural_form if locale else (lambda number: "one" if number == 1 else "other")
    return {rule(number): number for number in reversed(range(MOST_FORMS))}


def _tag() -> str:
    locale = get_locale()
    return locale.language if locale else "en"
