"""Answer a built-in return in a test: what was said, and what the register gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from forms import library
from forms.answers import NOTHING_GIVEN, Outcome, answer
from forms.compile import instrument_of
from forms.instrument import Instrument

TODAY = date(2026, 11, 22)
MISSING = {"DK", "REF", "KEB", "KIA", "NB"}


@cache
def instrument(name: str) -> Instrument:
    """Compile a built-in instrument once."""
    return instrument_of(library.load(name))


def outcome(
    name: str, values: Mapping[str, str], given: Mapping[str, str] = NOTHING_GIVEN
) -> Outcome:
    """Fill in a return."""
    return answer(instrument(name), values, today=TODAY, given=given)


def refused(
    name: str, values: Mapping[str, str], given: Mapping[str, str] = NOTHING_GIVEN
) -> dict[str, str]:
    """Give the Swedish words for what is wrong, by address; "" where they are not the author's."""
    problems = outcome(name, values, given).problems
    return {address: problem.message.get("sv", "") for address, problem in problems.items()}


def codes(name: str, question: str) -> list[str]:
    """List the codes that a question offers, in order."""
    return [choice.name for choice in instrument(name).questions[question].choices]


def required(name: str) -> set[str]:
    """Name the questions that need an answer when they are asked."""
    return {q.name for q in instrument(name).questions.values() if q.required is not None}
