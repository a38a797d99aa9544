"""When a note is corrected: which codes stand where they stood, and which somebody must look at.

A segment is carried over to the corrected note only where its exact words are found without doubt.
The others stay in the version they were given in, which is kept for them alone: it may have held a
name, and is erased as soon as nothing stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ScalarSelect, delete, func, select

from survey_app.actions.coding.spans import Span, found_unchanged
from survey_app.store.coding import CodedInterview, Segment
from survey_app.store.database import db
from survey_app.store.doubling import DoubleCoding, DoubleUnit
from survey_app.store.interviews import InterviewText
from survey_app.store.quotes import Quotation


def keep_version(case_id: int, question: str, text: str) -> None:
    """Add a note's new version, "" for one that is taken away; carry over what stands in others.

    Belongs into the caller's transaction. An interview whose notes change is coded no more until
    somebody has read them again.
    """
    versions = _versions(case_id, question)
    newest = versions[-1] if versions else None
    if newest.text == text if newest else not text:
        return
    db.session.execute(delete(CodedInterview).where(CodedInterview.case_id == case_id))
    number = (newest.number if newest else 0) + 1
    added = InterviewText(case_id=case_id, question=question, number=number, text=text)
    db.session.add(added)
    db.session.flush()
    for old in versions:
        _carry(old, added)
        _carry_units(old, added)
        _carry_quotations(old, added)
    erase_unused(case_id, question)


def erase_unused(case_id: int, question: str) -> None:
    """Erase the earlier versions of a note in which no code stands; an empty one that is alone."""
    *earlier, newest = _versions(case_id, question)
    kept = [each for each in earlier if _segments(each)]
    gone = [each.id for each in earlier if each not in kept]
    if not newest.text and not kept:
        gone.append(newest.id)
    db.session.execute(delete(InterviewText).where(InterviewText.id.in_(gone)))


def newest_number() -> ScalarSelect[Any]:
    """Give the SQL for the number of the newest version of a row's note."""
    other = InterviewText.__table__.alias("newer")
    same = (other.c.case_id == InterviewText.case_id, other.c.question == InterviewText.question)
    return select(func.max(other.c.number)).where(*same).scalar_subquery()


def _carry(old: InterviewText, new: InterviewText) -> None:
    for segment in _segments(old):
        place = found_unchanged(old.text, new.text, Span(segment.start, segment.stop))
        if place is not None and not _is_taken(new.id, place):
            segment.text_id, segment.start, segment.stop = new.id, *place
            segment.carried_from = segment.carried_from or old.number
            db.session.flush()


def _carry_units(old: InterviewText, new: InterviewText) -> None:
    """Move the units of double coding too; one whose words changed can be compared no more."""
    for unit in db.session.scalars(select(DoubleUnit).where(DoubleUnit.text_id == old.id)).all():
        place = found_unchanged(old.text, new.text, Span(unit.start, unit.stop))
        if place is None:
            db.session.get_one(DoubleCoding, unit.double_id).dropped += 1
            db.session.delete(unit)
        else:
            unit.text_id, unit.start, unit.stop = new.id, *place
        db.session.flush()


def _carry_quotations(old: InterviewText, new: InterviewText) -> None:
    """Move quotations whose words stand unchanged; the others may hold what was corrected."""
    for each in db.session.scalars(select(Quotation).where(Quotation.text_id == old.id)).all():
        place = found_unchanged(old.text, new.text, Span(each.start, each.stop))
        if place is None:
            db.session.delete(each)
        else:
            each.text_id, each.start, each.stop = new.id, *place
        db.session.flush()


def _is_taken(text_id: int, place: Span) -> bool:
    there = (Segment.text_id == text_id, Segment.start == place.start, Segment.stop == place.stop)
    return db.session.scalar(select(Segment.id).where(*there)) is not None


def _versions(case_id: int, question: str) -> Sequence[InterviewText]:
    of_note = (InterviewText.case_id == case_id, InterviewText.question == question)
    wanted = select(InterviewText).where(*of_note).order_by(InterviewText.number)
    return db.session.scalars(wanted).all()


def _segments(of: InterviewText) -> Sequence[Segment]:
    wanted = select(Segment).where(Segment.text_id == of.id).order_by(Segment.start)
    return db.session.scalars(wanted).all()
