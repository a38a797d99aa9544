"""The sentences that the page's script says."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext


def script_words(needs: Collection[str] = ()) -> dict[str, str]:
    """Give the sentences translated, their gaps still open: the script fills them in.

    Args:
        needs: The further parts of the script that the questionnaire needs.
    """
    return {**_always(), **(_when_needed() if needs else {})}


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
