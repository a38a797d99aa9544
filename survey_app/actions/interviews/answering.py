"""Keep what a case says: notes as they are written, and each version of a note unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext
from sqlalchemy import select

from forms.addresses import question_of
from forms.answers import ANSWER_REQUIRED, Answers, answer
from forms.instrument import Instrument, QuestionType
from forms.marking import N_
from forms.personal import find_personal
from survey_app.actions.calendar import today
from survey_app.actions.coding import carrying
from survey_app.actions.instruments import instrument_of
from survey_app.actions.interviews import consents
from survey_app.actions.interviews.cases import refuse_erased
from survey_app.actions.interviews.errors import ConsentMissing, InterviewChanged
from survey_app.actions.rounds import refuse_unless_open
from survey_app.actions.typed import read_typed, sentence_of
from survey_app.store.database import db, writing
from survey_app.store.interviews import (
    TRANSCRIPT,
    CaseState,
    Interview,
    InterviewCase,
    InterviewText,
)

NOT_ASKED = N_(
    "After what is answered before, this is not asked, and would be lost. Change the answer before "
    "it, or empty this note."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came from the page.

    Attributes:
        revision: The one that the page shows; 0 when it shows none.
        typed: Address -> instance text.
        is_done: The interview is over.
    """

    revision: int
    typed: Mapping[str, str]
    is_done: bool = False


def find(case: InterviewCase) -> Interview | None:
    """Find what a case has said."""
    return db.session.get(Interview, case.id)


def save(case: InterviewCase, sent: Sent, account: str) -> dict[str, str]:
    """Keep the notes and codes of a case that has consented.

    Returns:
        Address -> sentence for each answer that is wrong; nothing is kept then. A draft may lack
        answers that are needed in the end.

    Raises:
        CaseWithdrawn: The case is erased.
        ConsentMissing: Nobody has consented.
        InterviewChanged: Somebody else saved in between.
        RoundClosed, RoundNotYetOpen: The round takes no answers.
    """
    of = case.round
    refuse_erased(case)
    if not consents.holds(case):
        raise ConsentMissing
    refuse_unless_open(of.name, of.state_on(today()))
    instrument = instrument_of(of.version_id)
    values, wrong = read_typed(instrument, sent.typed)
    outcome = answer(instrument, values, today=today())
    for at in values.keys() - outcome.answers.asked:
        if is_note(instrument, at):  # nobody shall write for half an hour and lose it
            wrong[at] = gettext(NOT_ASKED)
    for at, problem in outcome.problems.items():
        if sent.is_done or problem.sentence != ANSWER_REQUIRED:
            wrong.setdefault(at, sentence_of(problem, instrument))
    if not wrong:
        _keep(case.id, of.id, of.version_id, sent, outcome.answers, account, instrument)
    return wrong


def named_in(instrument: Instrument, typed: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
    """Find what names somebody in the notes: address -> piece for certain, and where it may be."""
    certain, likely = {}, set()
    for at, text in typed.items():
        if not is_note(instrument, at):
            continue
        for found in find_personal(text):
            if found.is_certain:
                certain[at] = text[found.start : found.end]
            else:
                likely.add(at)
    return certain, likely


def is_note(instrument: Instrument, address: str) -> bool:
    """Tell whether an address is that of an open note."""
    question = instrument.questions.get(question_of(address))
    return question is not None and question.type is QuestionType.TEXT


def _keep(
    case_id: int,
    round_id: int,
    version_id: int,
    sent: Sent,
    answers: Answers,
    account: str,
    instrument: Instrument,
) -> None:
    with writing():
        case = db.session.get_one(InterviewCase, case_id)
        refuse_erased(case)
        kept = db.session.get(Interview, case_id)
        if (kept.revision if kept else 0) != sent.revision:
            if kept is None or dict(kept.answers) != dict(answers.values):
                raise InterviewChanged(account=kept.saved_by if kept else "")
            if kept.is_done or not sent.is_done:
                return  # a second press, or a yes that was lost
        if kept is None:
            kept = Interview(case_id=case_id, round_id=round_id, version_id=version_id, revision=0)
            db.session.add(kept)
        kept.revision += 1
        kept.is_done = bool(kept.is_done) or sent.is_done
        kept.answers, kept.asked = dict(answers.values), sorted(answers.asked)
        kept.saved_at, kept.saved_by = datetime.now(UTC), account
        if kept.is_done:
            case.state = CaseState.DONE
        db.session.flush()
        if kept.is_done:
            _version(case_id, {a: t for a, t in answers.values.items() if is_note(instrument, a)})


def _version(case_id: int, notes: Mapping[str, str]) -> None:
    """Add a version of each note that changed; of those taken away one without words.

    A note that is corrected may have held a name: see `carrying` for what becomes of the old one.
    """
    known = select(InterviewText.question).where(InterviewText.case_id == case_id).distinct()
    gone = dict.fromkeys(set(db.session.scalars(known)) - notes.keys() - {TRANSCRIPT}, "")
    for at, text in {**notes, **gone}.items():
        carrying.keep_version(case_id, at, text)
