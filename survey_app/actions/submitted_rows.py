"""Submissions as rows of a coded file: what was answered, and which sending on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext
from sqlalchemy import select

from exports.coding import Response as Coded
from forms.answers import Answers
from forms.instrument import Instrument, QuestionType
from survey_app.actions.told_columns import told_column
from survey_app.settings import TIME_ZONE
from survey_app.store.database import db
from survey_app.store.submissions import Submission

AT_A_TIME = 1_000  # rows fetched together
INSTANCE_ID, SUBMITTED_ON = "_instance_id", "_submitted_on"


def with_sending(instrument: Instrument, names: tuple[str, str]) -> Instrument:
    """Add to an instrument what is told of each submission, as if it had been asked last."""
    instance_id, submitted_on = names
    return instrument.with_items(
        last=[
            told_column(instance_id, gettext("The sending's id")),
            told_column(submitted_on, gettext("The day it was sent"), QuestionType.DATE),
        ]
    )


def sending_names(versions: Iterable[Instrument]) -> tuple[str, str]:
    """Name the two columns; a question of the same name, in any version, keeps it."""
    known = tuple(versions)
    return free_name(INSTANCE_ID, known), free_name(SUBMITTED_ON, known)


def free_name(name: str, versions: Iterable[Instrument]) -> str:
    """Give a name that no question has, in any version."""
    taken = frozenset(each for version in versions for each in version.questions)
    while name in taken:
        name += "_2"
    return name


@dataclass(frozen=True, slots=True)
class StoredSubmissions:
    """The submissions of some rounds, read anew each time, in the order that they were sent."""

    rounds: Mapping[int, str]
    versions: Mapping[int, str]
    names: tuple[str, str]

    def __iter__(self) -> Iterator[Coded]:
        """Yield them without keeping them."""
        columns = select(
            Submission.version_id,
            Submission.answers,
            Submission.asked,
            Submission.instance_id,
            Submission.submitted_at,
            Submission.round_id,
        )
        order = (Submission.submitted_at, Submission.id)
        wanted = columns.where(Submission.round_id.in_(self.rounds)).order_by(*order)
        rows = db.session.execute(wanted, execution_options={"yield_per": AT_A_TIME})
        for version_id, answers, asked, instance_id, moment, round_id in rows:
            told = dict(zip(self.names, (instance_id, _day(moment)), strict=True))
            both = Answers({**answers, **told}, frozenset({*asked, *told}))
            yield Coded(self.versions[version_id], both, self.rounds[round_id])


def _day(moment: datetime) -> str:
    """Give the Swedish day of a moment; SQLite keeps UTC without saying so."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return known.astimezone(TIME_ZONE).date().isoformat()
