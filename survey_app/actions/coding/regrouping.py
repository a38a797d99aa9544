"""Merge and split codes: the coded passages follow, and the history tells how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, update

from survey_app.actions.coding.double_errors import DoubleUnderWay
from survey_app.actions.coding.doubling import is_under_way
from survey_app.actions.coding.errors import CodeBelowItself, SameCode
from survey_app.actions.coding.history import note
from survey_app.actions.coding.schemes import Wording, find, find_code, put
from survey_app.actions.coding.valences import differ, together
from survey_app.store.coding import Code, SegmentCode
from survey_app.store.database import db, writing
from survey_app.store.doubling import Decision, DoubleCode, DoubleUnit
from survey_app.store.quotes import Quotation


def refuse_while_doubling(scheme_id: int) -> None:
    """Let nobody pull a code away from under a second coder.

    Raises:
        DoubleUnderWay: Somebody is at it.
    """
    if is_under_way(scheme_id):
        raise DoubleUnderWay


class Goes(StrEnum):
    """Where a passage of a code goes that is split."""

    STAYS = "stays"
    MOVES = "moves"
    BOTH = "both"


def merge(code: Code, into_id: int, account: str) -> None:
    """Give all passages of a code another one instead, with what stands under it; it is gone then.

    Raises:
        SameCode: It is the same.
        CodeBelowItself: The other one stands under it.
        CodeOfSchemeUnknown: The scheme has no such code.
    """
    scheme_id, code_id = code.scheme_id, code.id
    refuse_while_doubling(scheme_id)
    with writing():
        scheme, kept = find(scheme_id), db.session.get_one(Code, code_id)
        into = find_code(scheme, into_id)
        _refuse_merging(kept, into)
        moved = _give_instead(code_id, into_id)
        _compare_instead(code_id, into_id)
        db.session.execute(
            update(Quotation).where(Quotation.code_id == code_id).values(code_id=into_id)
        )
        db.session.execute(update(Code).where(Code.parent_id == code_id).values(parent_id=into_id))
        name = kept.name
        db.session.delete(kept)
        db.session.flush()
        note(scheme, account, "merge", {"code": name, "into": into.name, "segments": moved})


def split(code: Code, wording: Wording, goes: Mapping[int, str], account: str) -> int:
    """Make another code of a part of a code's passages, and give its number.

    Args:
        code: The one that is split; it stays, with the other passages.
        wording: Of the new one.
        goes: Segment -> `Goes`; what is not there stays.
        account: Who does it.

    Raises:
        CodeNameInvalid, CodeNameTaken, NamesSomebody: Of the new one.
    """
    scheme_id, code_id = code.scheme_id, code.id
    refuse_while_doubling(scheme_id)
    with writing():
        scheme, kept = find(scheme_id), db.session.get_one(Code, code_id)
        added = put(scheme, wording)
        counts = dict.fromkeys(Goes, 0)
        for given in db.session.scalars(
            select(SegmentCode).where(SegmentCode.code_id == code_id)
        ).all():
            where = Goes(goes.get(given.segment_id, Goes.STAYS))
            counts[where] += 1
            if where is not Goes.STAYS:
                db.session.add(SegmentCode(segment_id=given.segment_id, code_id=added.id))
            if where is Goes.MOVES:
                db.session.delete(given)
        db.session.flush()
        told: dict[str, object] = {"code": kept.name, "new": added.name}
        told |= {"moved": counts[Goes.MOVES], "both": counts[Goes.BOTH]}
        note(scheme, account, "split", told)
        return added.id


def _compare_instead(code_id: int, into_id: int) -> None:
    """Let what was coded twice follow; of two decisions on a unit the other code's holds.

    A unit to which both coders now gave the code is no longer decided: they agree.
    """
    for table, key in ((DoubleCode, ("unit_id", "is_second")), (Decision, ("unit_id",))):
        have = {_key(each, key): each for each in _of_code(table, into_id)}
        for each in _of_code(table, code_id):
            if (kept := have.get(_key(each, key))) is None:
                each.code_id = into_id
                continue
            if isinstance(kept, DoubleCode):
                kept.valence = together((kept.valence, each.valence))
            db.session.delete(each)
        db.session.flush()
    for decision in _of_code(Decision, into_id):
        unit = db.session.get_one(DoubleUnit, decision.unit_id)
        db.session.refresh(unit)
        if not _is_decided(unit, decision):
            db.session.delete(decision)


def _is_decided(unit: DoubleUnit, decision: Decision) -> bool:
    """Tell whether the two still differ in what a decision is about."""
    first, second = (unit.valences(of_second=of_second) for of_second in (False, True))
    code_id = decision.code_id
    if (code_id in first) != (code_id in second):
        return decision.valence is None
    in_both = code_id in first and differ(first[code_id], second[code_id])
    return in_both and decision.valence is not None


def _of_code(table: Any, code_id: int) -> Sequence[Any]:
    return db.session.scalars(select(table).where(table.code_id == code_id)).all()


def _key(of: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(of, name) for name in names)


def _refuse_merging(kept: Code, into: Code) -> None:
    if kept.id == into.id:
        raise SameCode
    above = into
    while above.parent_id is not None:
        if above.parent_id == kept.id:
            raise CodeBelowItself
        above = db.session.get_one(Code, above.parent_id)


def _give_instead(code_id: int, into_id: int) -> int:
    """Replace a code at every passage; one that has both keeps the other. Give how many."""
    have = set(
        db.session.scalars(select(SegmentCode.segment_id).where(SegmentCode.code_id == into_id))
    )
    found = db.session.scalars(
        select(SegmentCode.segment_id).where(SegmentCode.code_id == code_id)
    ).all()
    new = [SegmentCode(segment_id=each, code_id=into_id) for each in found if each not in have]
    db.session.add_all(new)
    db.session.execute(delete(SegmentCode).where(SegmentCode.code_id == code_id))
    db.session.flush()
    return len(found)
