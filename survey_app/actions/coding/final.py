"""What was coded, in the plain values of `exports.qda`, with what was decided after double coding.

Passages that stand in an earlier version of a note are left out: nobody has decided yet where they
belong, and that version may hold a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import lazyload, selectinload

from exports.qda import model
from exports.qda.settling import Settled, settle
from survey_app.actions.coding import schemes
from survey_app.actions.coding.carrying import newest_number
from survey_app.actions.interviews.told import CASE, told_of
from survey_app.store.coding import Code, CodedInterview, Scheme, Segment, SegmentCode, Valence
from survey_app.store.database import db
from survey_app.store.doubling import Decision, DoubleCode, DoubleUnit
from survey_app.store.interviews import Interview, InterviewCase, InterviewText
from survey_app.store.models import Round

# Those of coding.css, 1-8.
COLOURS = ("#0b7a75", "#b4610a", "#5a55c4", "#b23b6b", "#3f7d20", "#1f6fb2", "#8a6d00", "#93402c")
VALENCES = {
    Valence.POSITIVE: model.Valence.GOOD,
    Valence.NEUTRAL: model.Valence.NEUTRAL,
    Valence.NEGATIVE: model.Valence.BAD,
    Valence.MIXED: model.Valence.MIXED,
}


@dataclass(frozen=True, slots=True)
class Final:
    """A round as it was coded.

    Attributes:
        coded: Pseudonyms of the interviews of which all was read.
    """

    codes: Sequence[model.Code]
    sources: Sequence[model.Source]
    segments: Sequence[model.Segment]
    coded: frozenset[str]


def final_of(of: Round) -> Final | None:
    """Give what was coded in a round; None without a scheme."""
    scheme = schemes.of_round(of)
    if scheme is None:
        return None
    sources, segments = _read(scheme, _current(of))
    return Final(plain_codes(scheme), sources, segments, frozenset(coded_in(of)))


def mentions_of(of: Round, scheme: Scheme) -> dict[str, frozenset[str]]:
    """Give the codes that each interview that is coded mentions, as in `final_of`, but quickly.

    Texts are read only where something was decided after double coding.
    """
    cases = {case_id: code for code, case_id in coded_in(of).items()}
    found: dict[str, set[str]] = {code: set() for code in cases.values()}
    decided = select(DoubleUnit.text_id).join(Decision, Decision.unit_id == DoubleUnit.id)
    given = (
        select(InterviewText.case_id, Code.name)
        .join(Segment, Segment.text_id == InterviewText.id)
        .join(SegmentCode, SegmentCode.segment_id == Segment.id)
        .join(Code, Code.id == SegmentCode.code_id)
        .where(InterviewText.id.in_(_ids(_current(of))), InterviewText.id.not_in(decided))
    )
    for case_id, name in db.session.execute(given.distinct()):
        if case_id in cases:
            found[cases[case_id]].add(name)
    _, segments = _read(scheme, _current(of).where(InterviewText.id.in_(decided)))
    for segment in segments:
        if segment.source[0] in found:
            found[segment.source[0]].update(segment.codes)
    return {code: frozenset(names) for code, names in found.items()}


def coded_in(of: Round) -> dict[str, int]:
    """Give the interviews of which all was read: pseudonym -> case."""
    done = (
        select(InterviewCase.code, InterviewCase.id)
        .join(CodedInterview, CodedInterview.case_id == InterviewCase.id)
        .join(Interview, Interview.case_id == InterviewCase.id)
        .where(InterviewCase.round_id == of.id, Interview.is_done)
    )
    return {row.code: row.id for row in db.session.execute(done)}


def plain_codes(scheme: Scheme) -> list[model.Code]:
    """Give a scheme's codes as values, each after the one above it."""
    nodes = schemes.tree(scheme)
    names = {node.code.id: node.code.name for node in nodes}
    return [
        model.Code(
            name=code.name,
            label=code.label,
            definition=code.definition,
            include=code.includes,
            exclude=code.excludes,
            example=code.example,
            parent=names.get(code.parent_id or 0, ""),
            colour=COLOURS[node.colour - 1] if node.colour else "",
            key=str(code.id),
        )
        for node in nodes
        for code in (node.code,)
    ]


def _current(of: Round) -> Select[InterviewText]:
    return (
        select(InterviewText)
        .join(Interview, Interview.case_id == InterviewText.case_id)
        .where(Interview.round_id == of.id, Interview.is_done)
        .where(InterviewText.number == newest_number(), InterviewText.text != "")
        .order_by(InterviewText.case_id, InterviewText.id)
    )


def _read(
    scheme: Scheme, wanted: Select[InterviewText]
) -> tuple[list[model.Source], list[model.Segment]]:
    """Give some notes and what was coded in them."""
    sources, ids = _sources(wanted), _ids(wanted)
    names = {code.id: code.name for code in schemes.codes_of(scheme)}
    texts = {source.key: source.text for source in sources.values()}
    segments = settle(_segments(ids, sources, names), _settled(ids, sources, names), texts)
    return list(sources.values()), segments


def _sources(wanted: Select[InterviewText]) -> dict[int, model.Source]:
    """Give notes by their number."""
    whose = wanted.order_by(None).with_only_columns(InterviewText.case_id)
    cases = select(InterviewCase).where(InterviewCase.id.in_(whose))
    plain = cases.options(lazyload(InterviewCase.round))
    told = {each.id: told_of(each) for each in db.session.scalars(plain)}
    return {text.id: _source(text, told[text.case_id]) for text in db.session.scalars(wanted)}


def _source(text: InterviewText, told: Mapping[str, str]) -> model.Source:
    known = {name.removeprefix("_"): value for name, value in told.items() if name != CASE}
    return model.Source(pseudonym=told[CASE], title=text.question, text=text.text, attributes=known)


def _segments(
    ids: Select[int], sources: dict[int, model.Source], names: dict[int, str]
) -> list[model.Segment]:
    wanted = select(Segment).where(Segment.text_id.in_(ids))
    return [
        model.Segment(
            source=sources[each.text_id].key,
            start=each.start,
            end=each.stop,
            codes=tuple(names[code_id] for code_id in sorted(each.codes)),
            valence=VALENCES.get(Valence(each.valence)),
            memo=each.memo,
            coder=each.coder,
            day=each.coded_at.date(),
        )
        for each in db.session.scalars(wanted.options(selectinload(Segment.given)))
    ]


def _settled(
    ids: Select[int], sources: dict[int, model.Source], names: dict[int, str]
) -> list[Settled]:
    """Give the decisions on notes as they stand now, the oldest first."""
    of_second = and_(
        DoubleCode.unit_id == Decision.unit_id,
        DoubleCode.code_id == Decision.code_id,
        DoubleCode.is_second,
    )
    wanted = (
        select(Decision, DoubleUnit, DoubleCode.valence)
        .join(DoubleUnit, DoubleUnit.id == Decision.unit_id)
        .outerjoin(DoubleCode, of_second)
        .where(DoubleUnit.text_id.in_(ids))
        .order_by(Decision.at)
    )
    return [
        Settled(
            source=sources[unit.text_id].key,
            start=unit.start,
            end=unit.stop,
            code=names[decision.code_id],
            is_there=decision.is_there,
            valence=VALENCES.get(Valence(decision.valence or said or "")),
            is_of_valence=decision.valence is not None,
        )
        for decision, unit, said in db.session.execute(wanted)
    ]


def _ids(of: Select[InterviewText]) -> Select[int]:
    return of.order_by(None).with_only_columns(InterviewText.id)
