"""Interviews as rows of a coded file: what was answered, and what is known of the case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import select

from exports.coding import Response as Coded
from forms.answers import Answers
from forms.instrument import Instrument
from survey_app.actions.interviews.said import NOTHING_SAID, Said
from survey_app.actions.interviews.told import TOLD, told_of
from survey_app.actions.told_columns import told_column
from survey_app.store.database import db
from survey_app.store.interviews import Interview, InterviewCase

AT_A_TIME = 1_000  # rows fetched together


def has_interviews(rounds: Collection[int]) -> bool:
    """Tell whether anybody has been interviewed about a case in some rounds."""
    done = select(Interview.case_id).where(Interview.round_id.in_(rounds), Interview.is_done)
    return db.session.scalar(done.limit(1)) is not None


def with_case(instrument: Instrument, said: Said = NOTHING_SAID) -> Instrument:
    """Add what is told of each case, as if it had been asked first, and its codes last.

    An author's question of the same name keeps it.
    """
    taken = instrument.questions
    return instrument.with_items(
        first=[
            told_column(name, gettext(label)) for name, label in TOLD.items() if name not in taken
        ],
        last=[item for item in said.items if item.name not in taken],
    )


@dataclass(frozen=True, slots=True)
class StoredInterviews:
    """The interviews of some rounds that are done, read anew each time, by pseudonym.

    Attributes:
        rounds: Names by id.
        versions: What the file calls each version, by its id.
        said: What they were coded as.
    """

    rounds: Mapping[int, str]
    versions: Mapping[int, str]
    said: Said = NOTHING_SAID

    def __iter__(self) -> Iterator[Coded]:
        """Yield them without keeping them."""
        wanted = (
            select(Interview, InterviewCase)
            .join(InterviewCase, InterviewCase.id == Interview.case_id)
            .where(Interview.round_id.in_(self.rounds), Interview.is_done)
            .order_by(Interview.round_id, InterviewCase.code)
        )
        for each, case in db.session.execute(wanted, execution_options={"yield_per": AT_A_TIME}):
            values = {**self.said.values.get(case.code, {}), **told_of(case), **each.answers}
            asked = {*each.asked, *TOLD, *self.said.asked_of(case.code)}
            both = Answers(values, frozenset(asked))
            yield Coded(self.versions[each.version_id], both, self.rounds[each.round_id])
