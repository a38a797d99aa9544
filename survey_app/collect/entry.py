"""The code that a round may ask for: read from what was posted, and what to say about it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from forms.pages import ENTRY_CODE, FilledPages
from survey_app.actions.code_errors import CodeMistyped, TooManyWrongCodes
from survey_app.actions.code_spelling import read
from survey_app.actions.errors import ActionError, CodeMissing, CodeUnknown, CodeUsed
from survey_app.collect.visits import Visit

FIELD_ID = "entry-code"
# What the field says instead of a page of its own.
CODE_ERRORS = (CodeMissing, CodeMistyped, CodeUnknown, CodeUsed, TooManyWrongCodes)


@dataclass(slots=True)
class Entry:
    """The entry code's field on the page.

    Attributes:
        typed: What stands in it.
        error: What is wrong with it.
    """

    typed: str = ""
    error: ActionError | None = None

    @property
    def code(self) -> str | None:
        """Give the code; None when what stands there can be none."""
        return read(self.typed)

    @property
    def sentence(self) -> str:
        """Say what is wrong, in the page's language; "" when nothing is."""
        return gettext(self.error.sentence) if self.error else ""

    def check(self) -> None:
        """Notice what can be told without the tables: that it is missing, or mistyped."""
        if not self.typed.strip():
            self.error = CodeMissing()
        elif self.code is None:
            self.error = CodeMistyped()

    def complain(self, filled: FilledPages) -> None:
        """Put what is wrong before everything else that is to be mended; nothing is kept then."""
        if self.error is not None:
            filled.errors.insert(0, (FIELD_ID, gettext("Your code"), self.sentence))
            filled.answers = None


def empty_entry(visit: Visit) -> Entry | None:
    """Give the empty field of a round that asks for a code."""
    return Entry() if visit.round.codes_required else None


def posted_entry(visit: Visit, posted: MultiDict[str, str]) -> Entry | None:
    """Give the field with what was posted, where the round asks for a code."""
    if not visit.round.codes_required:
        return None
    return Entry(" ".join(posted.getlist(ENTRY_CODE)))


def names_of(entry: Entry | None) -> frozenset[str]:
    """Give what is posted for it beside the questions."""
    return frozenset({ENTRY_CODE}) if entry else frozenset()
