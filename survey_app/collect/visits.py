"""Someone at a round: which questionnaire they see, and in which languages it speaks to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import g
from flask_babel import refresh
from werkzeug.exceptions import NotFound

from forms.instrument import Instrument
from survey_app import languages
from survey_app.actions import instruments, interface_words, rounds, signoffs
from survey_app.store.models import RoundState
from survey_app.store.queries import RoundFacts

NO_ROUND = RoundFacts(0, "", 0, RoundState.OPEN, None, None)


@dataclass(frozen=True, slots=True)
class Visit:
    """One reader of one round's questionnaire.

    Attributes:
        language: The tag of the questionnaire's texts.
        offered: The tags of the languages that the reader may choose.
    """

    round: RoundFacts
    instrument: Instrument
    language: str
    offered: tuple[str, ...] = ()

    @property
    def is_default_language(self) -> bool:
        """Tell whether the address leaves the language out."""
        return self.language == self.instrument.default_language

    def speak(self) -> None:
        """Let the interface speak the language of a draft, whose own words may be a draft too."""
        _speak(self.language, self.instrument.default_language, may_speak=_is_written)


def draft_visit(instrument: Instrument, language: str) -> Visit:
    """Visit a questionnaire that is in no round."""
    return Visit(NO_ROUND, instrument, language, instrument.languages)


def find_visit(
    round_name: str, language: str | None, *, is_sending: bool = False, is_begun: bool = False
) -> Visit:
    """Find what an address asks for, and let the interface speak the reader's language.

    Args:
        round_name: The round's name.
        language: A tag of the instrument's languages; None for its default language.
        is_sending: Answers come along, whose storing asks for the round's state again.
        is_begun: The reader had the page when its language was still offered.

    Raises:
        RoundUnknown: There is no such round.
        NotFound: The questionnaire is not offered in that language.
    """
    speak_first(language)
    found = (rounds.find_to_send if is_sending else rounds.find_to_answer)(round_name)
    instrument = instruments.instrument_of(found.version_id)
    tag = language or instrument.default_language
    _speak(tag, instrument.default_language)
    offered = signoffs.offered(found.version_id, instrument)
    known = instrument.languages if is_sending or is_begun else offered
    if tag not in (*known, instrument.default_language):
        raise NotFound
    return Visit(found, instrument, tag, offered)


def speak_first(language: str | None) -> None:
    """Speak the language of an address before it is known what is there: not found, closed."""
    _speak(language or languages.DEFAULT)


def _speak(*wished: str, may_speak: Callable[[str], bool] = signoffs.is_spoken) -> None:
    g.language = next(filter(may_speak, wished), languages.DEFAULT)
    refresh()


def _is_written(tag: str) -> bool:
    """Tell whether the interface has all its sentences in a language, approved or not."""
    return tag in signoffs.COMPLETE or bool(interface_words.digest_in(tag))
