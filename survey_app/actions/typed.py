"""What staff typed into a page's fields, and what is wrong with it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from forms.addresses import question_of
from forms.answers import AnswerProblem
from forms.instrument import Instrument
from forms.languages import text_in
from forms.types import BadValue, read_value
from survey_app.languages import spoken


def read_typed(
    instrument: Instrument, typed: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Read what was typed; what cannot be read is named, and the rest kept.

    Args:
        typed: Address -> what stands in the field.

    Returns:
        Address -> instance text, without what was left empty; address -> what is wrong there.
    """
    values, unreadable = {}, {}
    for address, text in typed.items():
        question = instrument.questions.get(question_of(address))
        try:
            values[address] = read_value(question, text) if question else text.strip()
        except BadValue as error:
            unreadable[address] = gettext(error.sentence, **error.params)
    return {address: value for address, value in values.items() if value}, unreadable


def sentence_of(problem: AnswerProblem, instrument: Instrument) -> str:
    """Say what is wrong with an answer: in the author's words, where there are any."""
    own = text_in(problem.message, spoken(), instrument.default_language)[0]
    return own or gettext(problem.sentence)
