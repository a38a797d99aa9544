"""Which quotations may leave, and why the others may not.

Fill in a `Quote` for each passage that somebody wants to quote, and call `refusal_of`. Only what it
does not refuse may be written to a file or shown outside the group that codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, unique

from exports.disclosure.rules import K
from forms.marking import N_
from forms.personal import find_personal

# Of these at most one may stand beside a quotation: who knows the school knows the pupil.
TELLING = frozenset({"school", "gender", "year_group"})


@unique
class Refusal(Enum):
    """Why a quotation stays, as a sentence for translators."""

    NOT_APPROVED = N_("Nobody has approved it.")
    CHANGED = N_("Its words have changed since it was approved.")
    PERSONAL = N_(
        "It holds a personnummer, a telephone number or an e-mail address, or what looks like one."
    )
    TELLS_WHO = N_(
        "More than one of school, gender and year group stands beside it. Leave all but one out."
    )
    SMALL_GROUP = N_(
        "Fewer than five interviews share what stands beside it. Leave that out, or choose "
        "something else."
    )
    EMPTY = N_("It has no words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A passage that somebody wants to quote.

    Attributes:
        text: The words as they would be printed, after any change of wording.
        code: The name of the code that it is an example of.
        beside: What would stand beside it, such as role or district; the keys of `TELLING` are
            counted. No pseudonym: two quotations of one pupil must not be put together.
        sharing: In how many interviews the same would stand beside it; None when nothing does.
        approved_text: The words as they were approved; "" when they were not.
        approved_by: Who approved, for the record inside; never written beside the quotation.
        approved_on: The day.
    """

    text: str
    code: str
    beside: Mapping[str, str] = field(default_factory=dict)
    sharing: int | None = None
    approved_text: str = ""
    approved_by: str = ""
    approved_on: date | None = None


def refusal_of(quote: Quote) -> Refusal | None:
    """Give the first reason why a quotation stays; None when it may leave."""
    if not quote.text.strip():
        return Refusal.EMPTY
    if not (quote.approved_by and quote.approved_on and quote.approved_text):
        return Refusal.NOT_APPROVED
    if quote.text != quote.approved_text:
        return Refusal.CHANGED
    if any(find_personal(text) for text in (quote.text, *quote.beside.values())):
        return Refusal.PERSONAL
    if sum(bool(quote.beside.get(name)) for name in TELLING) > 1:
        return Refusal.TELLS_WHO
    if quote.sharing is not None and quote.sharing < K:
        return Refusal.SMALL_GROUP
    return None
