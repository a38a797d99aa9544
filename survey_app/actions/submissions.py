"""Take what a field worker's device sends: checked as a page's answers are, and stored once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from sqlalchemy import ColumnElement, Connection, and_, select
from sqlalchemy.dialects import postgresql, sqlite

from forms.addresses import question_of
from forms.answers import AnswerProblem, Answers, answer
from forms.instrument import Instrument, Mode
from forms.languages import text_in
from forms.xform import BadInstance, Envelope, Filled, read_envelope, read_instance
from survey_app.actions import xforms
from survey_app.actions.attachments import File, accepted
from survey_app.actions.calendar import today
from survey_app.actions.instruments import instrument_of
from survey_app.actions.responses import commit
from survey_app.actions.rounds import refuse_unless_open
from survey_app.actions.submission_errors import (
    CasesInterviewedHere,
    SubmissionChanged,
    SubmissionInvalid,
    SubmissionUnreadable,
    VersionOutdated,
)
from survey_app.actions.typed import sentence_of
from survey_app.languages import spoken
from survey_app.store.database import db
from survey_app.store.interviews import InterviewCase
from survey_app.store.models import Account, Round
from survey_app.store.submissions import Attachment, Submission

MOST_REASONS = 5  # a telephone's screen holds no more

_INSERT: Mapping[str, Callable[[Any], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


@dataclass(frozen=True, slots=True)
class Received:
    """What is stored now.

    Attributes:
        missing: Names of files that the answers speak of and that have not come.
    """

    missing: tuple[str, ...]


def receive(
    xml: bytes, files: Mapping[str, bytes], sender: Account, modes: Collection[Mode]
) -> Received:
    """Store a submitted form with those of its files that came along; return after the commit.

    The same form again stores only files that were missing. Files that no answer speaks of are
    not kept.

    Args:
        xml: The filled-in instance.
        files: By name.
        sender: Whose device it is.
        modes: What the sender collects; anonymous rounds are never among it.

    Raises:
        ActionError: It cannot be taken, and says why; nothing is stored.
    """
    envelope = _envelope(xml)
    of = xforms.round_for(envelope.form_id, modes)
    kept: Submission | None = db.session.scalar(
        select(Submission).where(_has_instance(of.id, envelope.instance_id))
    )
    if kept is not None and kept.digest == envelope.digest:
        answers = Answers(kept.answers, frozenset(kept.asked))
    else:
        answers = _checked(envelope, of)
    instrument = instrument_of(of.version_id)
    expected = expected_files(answers, instrument)
    usable = [accepted(name, files[name], expected[name]) for name in expected if name in files]
    row = _row(of, envelope, answers, sender)
    db.session.rollback()  # the writer must not wait for this reading
    commit(lambda connection: _keep(connection, row, usable))
    there = _stored_names(of.id, envelope.instance_id)
    return Received(tuple(name for name in expected if name not in there))


def expected_files(answers: Answers, instrument: Instrument) -> Mapping[str, bool]:
    """Give the names of the files that the answers speak of, and whether each must be a picture."""
    questions = instrument.questions
    expected: dict[str, bool] = {}
    for address, name in answers.values.items():
        kind = questions[question_of(address)].type
        if kind.is_upload:
            expected[name] = expected.get(name, False) or kind.value == "image"
    return expected


def _envelope(xml: bytes) -> Envelope:
    try:
        return read_envelope(xml)
    except BadInstance as error:
        raise SubmissionUnreadable(reason=gettext(error.sentence, **error.params)) from error


def _checked(envelope: Envelope, of: Round) -> Answers:
    """Check the answers as those of a page are checked."""
    if envelope.version != xforms.version_of(of):
        raise VersionOutdated(round=of.name)
    refuse_unless_open(of.name, of.state_on(today()))
    _refuse_caseless(of)
    instrument = instrument_of(of.version_id)
    try:
        filled = read_instance(envelope, instrument)
    except BadInstance as error:
        raise SubmissionUnreadable(reason=gettext(error.sentence, **error.params)) from error
    outcome = answer(instrument, filled.values, today=filled.day or today())
    if reasons := _reasons(filled, outcome.problems, instrument):
        raise SubmissionInvalid(reasons=" ".join(reasons[:MOST_REASONS]))
    return outcome.answers


def _refuse_caseless(of: Round) -> None:
    """Refuse what nobody's consent covers, and what no withdrawal could find again."""
    cases = select(InterviewCase.id).where(InterviewCase.round_id == of.id).limit(1)
    if of.mode == Mode.INTERVIEW and db.session.scalar(cases) is not None:
        raise CasesInterviewedHere


def _reasons(
    filled: Filled, problems: Mapping[str, AnswerProblem], instrument: Instrument
) -> Sequence[str]:
    """Say what is wrong, question by question, in words that its reader knows."""
    sentences = {address: sentence_of(problem, instrument) for address, problem in problems.items()}
    for address, bad in filled.problems.items():
        sentences[address] = gettext(bad.sentence, **bad.params)
    return [
        gettext("“%(question)s”: %(reason)s", question=_label(address, instrument), reason=sentence)
        for address, sentence in sentences.items()
    ]


def _label(address: str, instrument: Instrument) -> str:
    question = instrument.questions[question_of(address)]
    return text_in(question.label, spoken(), instrument.default_language)[0] or address


def _row(of: Round, envelope: Envelope, answers: Answers, sender: Account) -> dict[str, object]:
    return {
        "id": str(uuid4()),
        "round_id": of.id,
        "version_id": of.version_id,
        "mode": of.mode,
        "instance_id": envelope.instance_id,
        "digest": envelope.digest,
        "answers": dict(answers.values),
        "asked": sorted(answers.asked),
        "submitted_at": datetime.now(UTC),
        "submitted_by": sender.id,
    }


def _keep(connection: Connection, row: Mapping[str, object], files: Sequence[File]) -> None:
    """Write a submission unless it is there, and those of its files that are not."""
    dialect_insert = _INSERT[connection.dialect.name]
    connection.execute(dialect_insert(Submission).values(row).on_conflict_do_nothing())
    same = _has_instance(row["round_id"], row["instance_id"])
    kept = connection.execute(select(Submission.id, Submission.digest).where(same)).one()
    if kept.digest != row["digest"]:
        raise SubmissionChanged
    for file in files:
        values = {
            "submission_id": kept.id,
            "name": file.name,
            "media_type": file.media_type,
            "content": file.content,
            "size": len(file.content),
        }
        connection.execute(dialect_insert(Attachment).values(values).on_conflict_do_nothing())


def _stored_names(round_id: int, instance_id: str) -> frozenset[str]:
    wanted = select(Attachment.name).join(Submission, Submission.id == Attachment.submission_id)
    return frozenset(db.session.scalars(wanted.where(_has_instance(round_id, instance_id))))


def _has_instance(round_id: object, instance_id: object) -> ColumnElement[bool]:
    return and_(Submission.round_id == round_id, Submission.instance_id == instance_id)
