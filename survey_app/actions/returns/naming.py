"""Nobody is named in a return: free text with a personnummer, a number or an address is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from flask_babel import gettext

from forms.addresses import question_of
from forms.instrument import Instrument, QuestionType
from forms.marking import N_
from forms.personal import find_personal
from survey_app.actions.errors import ActionError
from survey_app.actions.returns.saving import Sent

REASON = "_reason"  # stands for the reason, which is no question
WHY = "_why:"  # before the address of a question whose value is explained


@dataclass(frozen=True, slots=True)
class Named:
    """Where somebody seems to be named: address -> sentence.

    Attributes:
        certain: Refused.
        likely: Only warned of: another number can look so.
    """

    certain: Mapping[str, str]
    likely: Mapping[str, str]


class ReturnNamesSomebody(ActionError):
    """A reason, an explanation or a change of what was handed in names somebody."""

    sentence = N_(
        "Nothing was saved: a text names somebody. Remove the personnummer, telephone number or "
        "e-mail address."
    )
    status: ClassVar[int] = 422

    def __init__(self, named: Named) -> None:
        super().__init__()
        self.named = named


def named_in(instrument: Instrument, sent: Sent) -> Named:
    """Find what names somebody in the free texts that came from a page."""
    certain, likely = {}, {}
    for at, text in _free_texts(instrument, sent):
        for found in find_personal(text):
            piece = text[found.start : found.end]
            if found.is_certain:
                certain[at] = gettext(
                    "“%(piece)s” names somebody, and is not saved. Write it without.", piece=piece
                )
            else:
                likely[at] = gettext(
                    "“%(piece)s” could be a personnummer. If it is, remove it.", piece=piece
                )
    return Named(certain, likely)


def _free_texts(instrument: Instrument, sent: Sent) -> Iterator[tuple[str, str]]:
    for at, text in sent.typed.items():
        question = instrument.questions.get(question_of(at))
        if question is not None and question.type is QuestionType.TEXT:
            yield at, text
    yield REASON, sent.reason
    yield from ((WHY + at, why) for at, why in sent.confirmed.items())
