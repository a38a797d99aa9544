"""What there is to code: interviews that are done, their notes, and all answers to one question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import lazyload, selectinload

from forms.addresses import question_of
from forms.instrument import Instrument
from forms.languages import text_in
from survey_app.actions.coding.carrying import newest_number
from survey_app.actions.coding.errors import InterviewNotThere
from survey_app.actions.coding.sight import seen_by
from survey_app.actions.instruments import instrument_of
from survey_app.actions.interviews.answering import is_note
from survey_app.languages import spoken
from survey_app.store.coding import CodedInterview, Segment
from survey_app.store.database import db, writing
from survey_app.store.interviews import TRANSCRIPT, Interview, InterviewCase, InterviewText
from survey_app.store.models import Round

AT_A_TIME = 20  # answers to a question on one page
MOST_HITS = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """An interview in the list.

    Attributes:
        segments: How many passages are coded.
        unsettled: How many of them somebody has to look at, for a note was corrected.
    """

    case: InterviewCase
    segments: int
    unsettled: int
    is_coded: bool


@dataclass(frozen=True, slots=True)
class Note:
    """One note with its codes.

    Attributes:
        case: The pseudonym.
        heading: The question as the reader reads it.
    """

    text: InterviewText
    case: str
    heading: str
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where searched words stand: what is before, the words, what is after."""

    text: InterviewText
    case: str
    heading: str
    before: str
    words: str
    after: str


def waiting_in(of: Round, account: str) -> list[Waiting]:
    """Give the interviews of a round that somebody may code, in the order they were added."""
    done = {case_id for (case_id,) in db.session.execute(select(CodedInterview.case_id))}
    counts, doubtful = _segment_counts(of)
    plain = _cases(of, account).options(lazyload(InterviewCase.round))
    cases = db.session.scalars(plain.order_by(InterviewCase.id))
    return [
        Waiting(case, counts.get(case.id, 0), doubtful.get(case.id, 0), case.id in done)
        for case in cases
    ]


def find_case(of: Round, code: str, account: str) -> InterviewCase:
    """Find an interview that somebody may code.

    Raises:
        InterviewNotThere: There is none, it is not done, or it is not to be seen.
    """
    wanted = _cases(of, account).where(InterviewCase.code == code)
    found: InterviewCase | None = db.session.scalar(wanted)
    if found is None:
        raise InterviewNotThere
    return found


def notes_of(case: InterviewCase) -> list[Note]:
    """Give an interview's notes as they stand now, in the guide's order."""
    return _notes(case.round, _current().where(InterviewText.case_id == case.id))


def unsettled_in(case: InterviewCase) -> Sequence[Segment]:
    """Give the passages that stand in an earlier version of a note: somebody has to decide."""
    wanted = select(Segment).join(InterviewText).where(InterviewText.case_id == case.id)
    old = wanted.where(InterviewText.number < newest_number())
    return db.session.scalars(old.order_by(InterviewText.question, Segment.start)).all()


def questions_of(of: Round) -> dict[str, str]:
    """Give the questions whose answers are notes: name -> as the reader reads it."""
    instrument = instrument_of(of.version_id)
    names = (name for name in instrument.questions if is_note(instrument, name))
    return {name: _heading(instrument, name) for name in names}


def heading_in(of: Round, address: str) -> str:
    """Name what a note answers, as the reader reads it."""
    return _heading(instrument_of(of.version_id), address)


def answers_to(of: Round, question: str, account: str, page: int) -> tuple[list[Note], int]:
    """Give a page of all answers to a question, and how many there are."""
    asked = InterviewText.question
    wanted = (
        _current()
        .where(InterviewText.case_id.in_(_cases(of, account).with_only_columns(InterviewCase.id)))
        .where(or_(asked == question, asked.endswith(f"/{question}", autoescape=True)))
    )
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    few = wanted.order_by(InterviewText.case_id, InterviewText.question)
    return _notes(of, few.limit(AT_A_TIME).offset((page - 1) * AT_A_TIME), in_guide=False), total


def search(of: Round, words: str, account: str) -> list[Hit]:
    """Find words in all notes, whatever their capitals; at most `MOST_HITS` places."""
    if not words.strip():
        return []
    pattern = re.compile(re.escape(words.strip()), re.IGNORECASE)
    # SQLite's LIKE knows the capitals of ASCII alone: other letters match anything, and are looked
    # at below.
    like = "".join(
        f"\\{letter}" if letter in "%_\\" else letter if letter.isascii() else "_"
        for letter in words.strip()
    )
    wanted = (
        _current()
        .where(InterviewText.case_id.in_(_cases(of, account).with_only_columns(InterviewCase.id)))
        .where(InterviewText.text.ilike(f"%{like}%", escape="\\"))
        .order_by(InterviewText.case_id, InterviewText.id)
    )
    codes, instrument = _case_codes(of), instrument_of(of.version_id)
    hits: list[Hit] = []
    for text in db.session.scalars(wanted.execution_options(yield_per=MOST_HITS)):
        heading = _heading(instrument, text.question)
        for match in pattern.finditer(text.text):
            hits.append(_hit(text, codes[text.case_id], heading, match))
            if len(hits) == MOST_HITS:
                return hits
    return hits


def mark(case: InterviewCase, account: str, *, is_coded: bool) -> None:
    """Say that an interview is read and coded, or that it is not."""
    case_id = case.id
    with writing():
        found = db.session.get(CodedInterview, case_id)
        if is_coded and found is None:
            db.session.add(CodedInterview(case_id=case_id, by=account, at=datetime.now(UTC)))
        elif found is not None and not is_coded:
            db.session.delete(found)


def is_coded(case: InterviewCase) -> bool:
    """Tell whether somebody has said that an interview is coded."""
    return db.session.get(CodedInterview, case.id) is not None


def _cases(of: Round, account: str) -> Select[Any]:
    wanted = select(InterviewCase).join(Interview, Interview.case_id == InterviewCase.id)
    return wanted.where(InterviewCase.round_id == of.id, *seen_by(account))


def _current() -> Select[InterviewText]:
    """Choose the newest version of each note that has words."""
    newest = InterviewText.number == newest_number()
    return select(InterviewText).where(newest, InterviewText.text != "")


def _notes(of: Round, wanted: Select[Any], *, in_guide: bool = True) -> list[Note]:
    instrument, codes = instrument_of(of.version_id), _case_codes(of)
    texts = list(db.session.scalars(wanted))
    if in_guide:
        places = {name: place for place, name in enumerate(instrument.questions)}
        texts.sort(key=lambda each: (places.get(question_of(each.question), 0), each.question))
    segments: dict[int, list[Segment]] = {}
    there = select(Segment).where(Segment.text_id.in_([each.id for each in texts]))
    in_order = there.order_by(Segment.start, Segment.stop.desc()).options(
        selectinload(Segment.given)
    )
    for segment in db.session.scalars(in_order):
        segments.setdefault(segment.text_id, []).append(segment)
    return [
        Note(
            each,
            codes[each.case_id],
            _heading(instrument, each.question),
            segments.get(each.id, ()),
        )
        for each in texts
    ]


def _heading(instrument: Instrument, address: str) -> str:
    if address == TRANSCRIPT:
        return gettext("Transcript")
    question = instrument.questions.get(question_of(address))
    label = text_in(question.label, spoken(), instrument.default_language)[0] if question else ""
    return label or address


def _case_codes(of: Round) -> Mapping[int, str]:
    wanted = select(InterviewCase.id, InterviewCase.code).where(InterviewCase.round_id == of.id)
    return {row.id: row.code for row in db.session.execute(wanted)}


def _hit(text: InterviewText, case: str, heading: str, match: re.Match[str]) -> Hit:
    start, stop = match.span()
    before, after = text.text[max(0, start - 60) : start], text.text[stop : stop + 60]
    if start > 60:
        before = "…" + before
    if stop + 60 < len(text.text):
        after += "…"
    return Hit(text, case, heading, before, match[0], after)


def _segment_counts(of: Round) -> tuple[dict[int, int], dict[int, int]]:
    """Count the coded passages by case, and those that somebody has to look at."""
    columns = (InterviewText.case_id, func.count(Segment.id))
    wanted = (
        select(*columns)
        .join(InterviewText, InterviewText.id == Segment.text_id)
        .join(Interview, Interview.case_id == InterviewText.case_id)
        .where(Interview.round_id == of.id)
        .group_by(InterviewText.case_id)
    )
    doubtful = wanted.where(
        Segment.carried_from.is_not(None) | (InterviewText.number < newest_number())
    )
    return _by_case(wanted), _by_case(doubtful)


def _by_case(counts: Select[int, int]) -> dict[int, int]:
    return {case_id: count for case_id, count, *_ in db.session.execute(counts)}
