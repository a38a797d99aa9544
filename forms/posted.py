"""Read a posted questionnaire without laying out its pages: nine in ten need nothing shown."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from forms.answers import Answers, answer
from forms.instrument import Instrument
from forms.pages import RESPONSE_ID, Posted
from forms.types import BadValue, read_value


def answers_in(
    instrument: Instrument, posted: Posted, *, today: date, others: Collection[str] = ()
) -> Answers | None:
    """Give the answers, where `forms.pages.fill` would have nothing to complain about.

    Returns:
        None when something has to be shown, or might have to be: something to mend, a name that
        is no question, or a questionnaire with repeats, whose pages depend on their numbers.
    """
    if any(group.is_repeat for group in instrument.groups.values()):
        return None
    if not set(posted) <= instrument.questions.keys() | {RESPONSE_ID, *others}:
        return None
    try:
        values = _values(instrument, posted)
    except BadValue:
        return None
    outcome = answer(instrument, values, today=today)
    return None if outcome.problems else outcome.answers


def _values(instrument: Instrument, posted: Posted) -> dict[str, str]:
    values = {}
    for name in posted:
        question = instrument.questions.get(name)
        if question is None or not question.type.is_input or question.is_read_only:
            continue
        typed = posted.getlist(name)
        text = " ".join(typed) if question.type.holds_several else "".join(typed[:1])
        if value := read_value(question, text):
            values[name] = value
    return values
