"""Someone at a round: which questionnaire they see, and in which languages it speaks to them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g
from flask_babel import refresh
from werkzeug.exceptions import NotFound

from forms.instrument import Instrument
from survey_app import languages
from survey_app.actions import instruments, rounds
from survey_app.store.models import RoundState
from survey_app.store.queries import RoundFacts

NO_ROUND = RoundFacts(0, "", 0, RoundState.OPEN, None, None)
COMPLETE = frozenset({"sv", "en"})  # the interface's languages that are no drafts


@dataclass(frozen=True, slots=True)
class Visit:
    """One reader of one round's questionnaire.

    Attributes:
        language: The tag of the questionnaire's texts.
    """

    round: RoundFacts
    instrument: Instrument
    language: str

    @property
    def is_default_language(self) -> bool:
        """Tell whether the address leaves the language out."""
        return self.language == self.instrument.default_language

    def speak(self) -> None:
        """Let the interface speak the questionnaire's language, as far as it can."""
        _speak(self.language, self.instrument.default_language)


def draft_visit(instrument: Instrument, language: str) -> Visit:
    """Visit a questionnaire that is in no round."""
    return Visit(NO_ROUND, instrument, language)


def find_visit(round_name: str, language: str | None, *, is_sending: bool = False) -> Visit:
    """Find what an address asks for, and let the interface speak the reader's language.

    Args:
        round_name: The round's name.
        language: A tag of the instrument's languages; None for its default language.
        is_sending: Answers come along, whose storing asks for the round's state again.

    Raises:
        RoundUnknown: There is no such round.
        NotFound: The questionnaire is not written in that language.
    """
    found = (rounds.find_to_send if is_sending else rounds.find_to_answer)(round_name)
    instrument = instruments.instrument_of(found.version_id)
    tag = language or instrument.default_language
    _speak(tag, instrument.default_language)
    if tag not in (*instrument.languages, instrument.default_language):
        raise NotFound
    return Visit(found, instrument, tag)


def _speak(*wished: str) -> None:
    g.language = next(filter(_is_spoken, wished), languages.DEFAULT)
    refresh()


def _is_spoken(tag: str) -> bool:
    """Tell whether the interface is translated: a questionnaire may have more languages."""
    return tag in COMPLETE
