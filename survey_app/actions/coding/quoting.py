"""Quotations: suggested while coding, approved by a coordinator, and only then let out.

A quotation belongs to its passage: it follows where the passage is carried over, and goes when the
words were corrected, or the consent is taken back. The trail tells who approved which and when,
and no word of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select

from exports.qda.quotes import Quote, Refusal, refusal_of
from survey_app.actions import trail
from survey_app.actions.coding import segments
from survey_app.actions.coding.carrying import newest_number
from survey_app.actions.coding.errors import QuotationRefused, QuotationUnknown
from survey_app.actions.coding.sight import seen_by
from survey_app.actions.interviews.cases import refuse_names
from survey_app.actions.interviews.told import told_of
from survey_app.store.database import db, writing
from survey_app.store.interviews import Interview, InterviewCase, InterviewText
from survey_app.store.models import Round
from survey_app.store.quotes import Quotation

BESIDE = ("role", "district", "gender", "year_group")  # one of these, or nothing


@dataclass(frozen=True, slots=True)
class Listed:
    """A quotation with its case.

    Attributes:
        fact: What stands beside it, as the case has it; "" for nothing.
        refusal: Why it may not leave; None when it may.
    """

    quotation: Quotation
    case: InterviewCase
    fact: str
    refusal: Refusal | None


def suggest(of: Round, segment_id: int, account: str) -> None:
    """Suggest a coded passage, once.

    Raises:
        SegmentUnknown: It is gone, or not to be seen.
        NamesSomebody: Its words lead to a person.
    """
    round_id = of.id
    with writing():
        segment = segments.find(round_id, segment_id, account)
        refuse_names(segment.words)
        place = {"text_id": segment.text_id, "start": segment.start, "stop": segment.stop}
        if db.session.scalar(select(Quotation.id).filter_by(**place)) is not None:
            return
        made = Quotation(**place, code_id=min(segment.codes), words=segment.words)
        made.suggested_by = account
        db.session.add(made)


def listed_in(of: Round, account: str | None = None) -> list[Listed]:
    """Give a round's quotations by code and words: no order tells what one pupil said.

    Args:
        account: Who reads: nothing of interviews that are hidden from a second coder. None for
            the command line.
    """
    told = {
        each.id: {name.removeprefix("_"): fact for name, fact in told_of(each).items()}
        for each in db.session.scalars(_cases(of))
    }
    sizes = Counter((name, known.get(name, "")) for known in told.values() for name in BESIDE)
    found = []
    for each, case in db.session.execute(_quotations(of, account)):
        fact = told[case.id].get(each.beside, "")
        quote = _quote(each, fact, sizes[each.beside, fact])
        found.append(Listed(each, case, fact, refusal_of(quote)))
    return sorted(found, key=lambda each: (_code_of(each.quotation), each.quotation.words))


def reword(of: Round, quotation_id: int, words: str, beside: str, account: str) -> None:
    """Change what would be printed; whatever was approved before has to be approved anew.

    Raises:
        QuotationUnknown: It is gone, or not to be seen.
        NamesSomebody: The words lead to a person.
    """
    refuse_names(words)
    wanted = _quotations(of, account).where(Quotation.id == quotation_id)
    with writing():
        _put(_found(wanted), words, beside)


def approve(of: Round, quotation_id: int, words: str, beside: str, account: str) -> None:
    """Let a quotation leave as the approver has read it, and put that on record.

    Raises:
        QuotationUnknown: It is gone.
        QuotationRefused: It may not leave as it is.
        NamesSomebody: The words lead to a person.
    """
    refuse_names(words)
    wanted, subject = _quotations(of, account), f"quotations:{of.name}"
    with writing():
        found = _found(wanted.where(Quotation.id == quotation_id))
        _put(found, words, beside)
        found.approved_words, found.approved_by = found.words or " ", account
        found.approved_at = datetime.now(UTC)
        db.session.flush()
        listed = next(each for each in listed_in(of, account) if each.quotation is found)
        if listed.refusal:
            raise QuotationRefused(why=listed.refusal.value)
        trail.record(account, "quotation.approve", subject, {"quotation": quotation_id})


def remove(of: Round, quotation_id: int, account: str) -> None:
    """Take a quotation off the list.

    Raises:
        QuotationUnknown: It is gone, or not to be seen.
    """
    wanted, subject = _quotations(of, account), f"quotations:{of.name}"
    with writing():
        found = _found(wanted.where(Quotation.id == quotation_id))
        if found.approved_by:
            trail.record(account, "quotation.remove", subject, {"quotation": quotation_id})
        db.session.delete(found)


def suggested_in(of: Round) -> set[tuple[int, int, int]]:
    """Give the places of passages that are on the list."""
    found = db.session.execute(_quotations(of, None))
    return {(each.text_id, each.start, each.stop) for each, _ in found}


def allowed_in(of: Round) -> Sequence[Listed]:
    """Give those that may leave."""
    return [each for each in listed_in(of) if each.refusal is None]


def _quotations(of: Round, account: str | None) -> Select[Quotation, InterviewCase]:
    seen = [] if account is None else seen_by(account)
    return (
        select(Quotation, InterviewCase)
        .join(InterviewText, InterviewText.id == Quotation.text_id)
        .join(Interview, Interview.case_id == InterviewText.case_id)
        .join(InterviewCase, InterviewCase.id == InterviewText.case_id)
        .where(Interview.round_id == of.id, Interview.is_done, *seen)
        .where(InterviewText.number == newest_number())
    )


def _cases(of: Round) -> Select[InterviewCase]:
    wanted = select(InterviewCase).join(Interview, Interview.case_id == InterviewCase.id)
    return wanted.where(Interview.round_id == of.id, Interview.is_done)


def _found(wanted: Select[Quotation, InterviewCase]) -> Quotation:
    found: Quotation | None = db.session.scalar(wanted.with_only_columns(Quotation))
    if found is None:
        raise QuotationUnknown
    return found


def _put(found: Quotation, words: str, beside: str) -> None:
    """Change what would be printed, and forget who allowed something else."""
    beside = beside if beside in BESIDE else ""
    if (found.words, found.beside) != (words, beside):
        found.words, found.beside = words, beside
        found.approved_words, found.approved_by, found.approved_at = "", None, None


def _quote(of: Quotation, fact: str, sharing: int) -> Quote:
    return Quote(
        text=of.words,
        code=_code_of(of),
        beside={of.beside: fact} if fact else {},
        sharing=sharing if fact else None,
        approved_text=of.approved_words,
        approved_by=of.approved_by or "",
        approved_on=of.approved_at.date() if of.approved_at else None,
    )


def _code_of(of: Quotation) -> str:
    return of.code.label if of.code else ""
