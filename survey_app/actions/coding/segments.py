"""Coded passages: give codes, change them, take them away, and decide about those carried over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from survey_app.actions.coding import carrying, schemes
from survey_app.actions.coding.errors import (
    InterviewNotThere,
    NoCodeChosen,
    NothingChosen,
    PassageTaken,
    SegmentUnknown,
    TextChanged,
)
from survey_app.actions.coding.sight import seen_by
from survey_app.actions.coding.spans import Span, trimmed
from survey_app.actions.interviews.cases import refuse_names
from survey_app.store.coding import Scheme, Segment, SegmentCode, Valence
from survey_app.store.database import db, writing
from survey_app.store.interviews import Interview, InterviewText
from survey_app.store.models import Round


@dataclass(frozen=True, slots=True)
class Given:
    """What a passage is given; the codes by number."""

    codes: frozenset[int]
    valence: Valence = Valence.UNSAID
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passage that somebody chose on a page.

    Attributes:
        words: What was read there, blanks aside; None when nobody read it. The note may be another
            one by now.
    """

    text_id: int
    span: Span
    words: str | None = None


def add(of: Round, chosen: Chosen, given: Given, account: str) -> int:
    """Give a passage codes; where exactly it is coded already, these are added to it.

    Raises:
        SchemeMissing, CodeOfSchemeUnknown, NoCodeChosen, NamesSomebody: Of what is given.
        InterviewNotThere, TextChanged, NothingChosen: Of the passage.
    """
    _refuse(schemes.needed_by(of), given)
    round_id = of.id
    with writing():
        text = _text(round_id, chosen.text_id, account)
        place = _within(text, chosen)
        here = (Segment.text_id == text.id, Segment.start == place.start)
        segment = db.session.scalar(select(Segment).where(*here, Segment.stop == place.stop))
        if segment is None:
            segment = Segment(text_id=text.id, start=place.start, stop=place.stop)
            segment.coder, segment.valence, segment.memo = account, given.valence, given.memo
            segment.coded_at = datetime.now(UTC)
            db.session.add(segment)
            db.session.flush()
            _give(segment, given.codes)
        else:
            segment.valence = given.valence or segment.valence
            segment.memo = given.memo or segment.memo
            _give(segment, segment.codes | given.codes)
        return segment.id


def change(of: Round, segment_id: int, given: Given, account: str) -> None:
    """Give a passage other codes, another valence or memo.

    Raises:
        SchemeMissing, CodeOfSchemeUnknown, NoCodeChosen, NamesSomebody: Of what is given.
        SegmentUnknown: It is gone.
    """
    _refuse(schemes.needed_by(of), given)
    round_id = of.id
    with writing():
        segment = find(round_id, segment_id, account)
        segment.valence, segment.memo = given.valence, given.memo
        _give(segment, given.codes)


def place(of: Round, segment_id: int, chosen: Chosen, account: str) -> None:
    """Put a passage's codes at another place, where its coder sees them.

    Raises:
        PassageTaken: Another one is coded exactly there.
        SegmentUnknown, InterviewNotThere, TextChanged, NothingChosen: As `add`.
    """
    round_id = of.id
    try:
        with writing():
            segment = find(round_id, segment_id, account)
            case_id, question = segment.text.case_id, segment.text.question
            text = _text(round_id, chosen.text_id, account)
            if text.case_id != case_id:
                raise NothingChosen
            segment.start, segment.stop = _within(text, chosen)
            segment.text_id, segment.carried_from = text.id, None
            db.session.flush()
            carrying.erase_unused(case_id, question)
    except IntegrityError as error:
        raise PassageTaken from error


def keep(of: Round, segment_id: int, account: str) -> None:
    """Say that a passage that was carried over stands where it should.

    Raises:
        SegmentUnknown: It is gone.
    """
    round_id = of.id
    with writing():
        find(round_id, segment_id, account).carried_from = None


def remove(of: Round, segment_id: int, account: str) -> None:
    """Take a passage's codes away.

    Raises:
        SegmentUnknown: It is gone.
    """
    round_id = of.id
    with writing():
        segment = find(round_id, segment_id, account)
        case_id, question = segment.text.case_id, segment.text.question
        db.session.delete(segment)
        db.session.flush()
        carrying.erase_unused(case_id, question)


def of_code(code_id: int, account: str) -> Sequence[Segment]:
    """Give the passages of a code that somebody may see, interview by interview."""
    wanted = (
        select(Segment)
        .join(SegmentCode, SegmentCode.segment_id == Segment.id)
        .join(InterviewText, InterviewText.id == Segment.text_id)
        .join(Interview, Interview.case_id == InterviewText.case_id)
        .where(SegmentCode.code_id == code_id, *seen_by(account))
    )
    in_order = wanted.order_by(InterviewText.case_id, InterviewText.id, Segment.start)
    return db.session.scalars(in_order).all()


def _refuse(scheme: Scheme, given: Given) -> None:
    if not given.codes:
        raise NoCodeChosen
    for code_id in given.codes:
        schemes.find_code(scheme, code_id)
    refuse_names(given.memo)


def _text(round_id: int, text_id: int, account: str) -> InterviewText:
    """Find a note as it stands now."""
    seen = _seen(round_id, account)
    text = db.session.scalar(seen.where(InterviewText.id == text_id))
    if text is None:
        raise InterviewNotThere if db.session.get(InterviewText, text_id) else TextChanged
    same = (InterviewText.case_id == text.case_id, InterviewText.question == text.question)
    newer = select(InterviewText.id).where(*same, InterviewText.number > text.number)
    if db.session.scalar(newer.limit(1)) is not None:
        raise TextChanged
    return text


def find(round_id: int, segment_id: int, account: str) -> Segment:
    """Find a passage that somebody may see.

    Raises:
        SegmentUnknown: It is gone, or hidden from a second coder.
    """
    segment = db.session.get(Segment, segment_id)
    if (
        segment is None
        or db.session.scalar(_seen(round_id, account).where(InterviewText.id == segment.text_id))
        is None
    ):
        raise SegmentUnknown
    return segment


def _seen(round_id: int, account: str) -> Select[InterviewText]:
    wanted = select(InterviewText).join(Interview, Interview.case_id == InterviewText.case_id)
    return wanted.where(Interview.round_id == round_id, *seen_by(account))


def _within(text: InterviewText, chosen: Chosen) -> Span:
    span = chosen.span
    if not 0 <= span.start < span.stop <= len(text.text):
        raise NothingChosen
    place = trimmed(text.text, span)
    if place.start == place.stop:
        raise NothingChosen
    if chosen.words is not None and _letters(chosen.words) != _letters(text.text[slice(*place)]):
        raise TextChanged
    return place


def _letters(words: str) -> str:
    """Leave out blanks, which a page shows in its own way."""
    return "".join(words.split())


def _give(segment: Segment, codes: Collection[int]) -> None:
    kept = {each.code_id: each for each in segment.given}
    segment.given = [
        kept.get(code_id) or SegmentCode(segment_id=segment.id, code_id=code_id)
        for code_id in sorted(codes)
    ]
