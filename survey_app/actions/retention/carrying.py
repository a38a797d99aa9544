"""Erase what is due: seen first, confirmed by a word, kept as a protocol."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from flask_babel import gettext
from sqlalchemy import func, select

from forms.marking import N_
from survey_app.actions import rewriting, trail
from survey_app.actions.calendar import today
from survey_app.actions.jobs import keeping
from survey_app.actions.register import pending
from survey_app.actions.results import enkats
from survey_app.actions.results import keeping as counted
from survey_app.actions.retention import rules, sets
from survey_app.actions.retention.errors import (
    DueChanged,
    NameMissing,
    NotByUs,
    NotConfirmed,
    NothingDue,
    ProtocolUnknown,
    RuleMissing,
)
from survey_app.actions.retention.plans import Plan
from survey_app.actions.retention.sets import DataSet
from survey_app.store import mixing
from survey_app.store.database import Base, db, writing
from survey_app.store.retention import ProtocolKind, RetentionProtocol, RetentionRule

WORD = N_("erase")


@dataclass(frozen=True, slots=True)
class Due:
    """What is due of a kind of data.

    Attributes:
        before: What ended before this day.
        counts: What -> how many; None where that may not be known.
        digest: What is seen now; to be given back when it is confirmed.
    """

    of: DataSet
    rule: RetentionRule
    before: date
    counts: Mapping[str, int | None]
    is_empty: bool
    digest: str


def preview(name: str) -> Due:
    """Say what is due of a kind of data, in numbers alone.

    Raises:
        SetUnknown, RuleMissing, NotByUs: Nothing can be due.
    """
    rule, of, plan = _planned(name)
    digest = f"{rules.cutoff(rule)}-{plan.digest()}"
    return Due(of, rule, rules.cutoff(rule), plan.counts(), plan.is_empty(), digest)


def overview() -> Sequence[tuple[DataSet, RetentionRule | None, Due | None]]:
    """Give each kind of data with its rule, and what is due of it."""
    kept = rules.listing()
    return [
        (each, kept.get(each.name), preview(each.name) if each.plan and each.name in kept else None)
        for each in sets.DATA_SETS
    ]


def carry_out(name: str, typed: str, seen: str, by: str) -> RetentionProtocol:
    """Erase what is due, for real, and keep a protocol.

    Args:
        typed: `WORD`, in the reader's language or in English.
        seen: The digest of what was shown.
        by: Who does it.

    Raises:
        SetUnknown, RuleMissing, NotByUs: Nothing can be due.
        NotConfirmed, NameMissing, DueChanged, NothingDue: It was not done, and why.
    """
    refuse_unless_confirmed(typed)
    if not by.strip():
        raise NameMissing
    with writing():
        rule, of, plan = _planned(name)
        if f"{rules.cutoff(rule)}-{plan.digest()}" != seen:
            raise DueChanged
        if plan.is_empty():
            raise NothingDue
        kept = RetentionProtocol(
            kind=ProtocolKind.RETENTION,
            data_set=of.name,
            ground=rule.decision,
            decided_on=rule.decided_on,
            rule=f"{rule.length} {rule.unit}",
            before=rules.cutoff(rule),
        )
        protocol(kept, plan, by, trail.RETENTION)
    return finish(kept.number, plan)


def protocol(kept: RetentionProtocol, plan: Plan, by: str, action: str) -> None:
    """Erase a plan and keep its protocol, in the caller's write transaction."""
    newest = select(func.max(RetentionProtocol.number))
    kept.number = (db.session.scalar(newest) or 0) + 1
    kept.day, kept.carried_out_by = today(), by.strip()
    kept.counts, kept.backups_until = plan.counts(), rules.backups_until()
    db.session.add(kept)
    db.session.flush()
    told = {"digest": digest_of(kept)}
    plan.carry_out(trail.record(kept.carried_out_by, action, f"protocol:{kept.number}", told))


def finish(number: int, plan: Plan) -> RetentionProtocol:
    """Remove what was made of the erased before, and write the database's files anew."""
    plan.clear()
    _remove_copies()
    for memory in (enkats.KEPT, counted.KEPT):
        current_app.extensions.pop(memory, None)
    if rewriting.is_for_the_night():
        db.session.rollback()
        mixing.mix(db.engine)  # what goes quickly
    else:
        _settle([number], plan.tables())
    return find(number)


def _remove_copies() -> None:
    """Remove the files that may hold what was erased."""
    keeping.end_all()
    pending.forget_all()


def _settle(numbers: Sequence[int], tables: Sequence[str]) -> bool:
    """Write tables' files anew, and note in the protocols that nothing is left in them."""
    db.session.rollback()
    is_rewritten = mixing.forget(db.engine, tables)
    if is_rewritten:
        with writing():
            for number in numbers:
                find(number).is_rewritten = True
    return is_rewritten


def settle_all(*, at_once: bool = False) -> int:
    """Write the files anew for protocols that wait for it; give how many still do.

    All tables are written: which it was is not kept.

    Args:
        at_once: By day too, however long nobody can write meanwhile.
    """
    waiting = [each.number for each in listing() if not each.is_rewritten]
    if not waiting:
        return 0
    _remove_copies()  # again: who began it may have been stopped before
    if not at_once and rewriting.is_for_the_night():
        return len(waiting)
    tables = [table.name for table in Base.metadata.sorted_tables]
    return 0 if _settle(waiting, tables) else len(waiting)


def find(number: int) -> RetentionProtocol:
    """Find a protocol.

    Raises:
        ProtocolUnknown: There is none of that number.
    """
    found = db.session.get(RetentionProtocol, number)
    if found is None:
        raise ProtocolUnknown(number=number)
    return found


def listing() -> Sequence[RetentionProtocol]:
    """Give the protocols, the newest first."""
    wanted = select(RetentionProtocol).order_by(RetentionProtocol.number.desc())
    return db.session.scalars(wanted).all()


def is_as_kept(kept: RetentionProtocol) -> bool:
    """Tell whether a protocol is what the trail says that it was."""
    said = trail.of_subject(f"protocol:{kept.number}")
    return any(json.loads(each.details).get("digest") == digest_of(kept) for each in said)


def digest_of(kept: RetentionProtocol) -> str:
    """Give the digest of a protocol, for the trail; whether files are rewritten is no part."""
    days = (kept.day, kept.decided_on, kept.before, kept.backups_until)
    facts = [
        *(kept.number, str(kept.kind), kept.data_set, kept.ground, kept.rule),
        *(str(day) for day in days),
        *(dict(kept.counts), kept.carried_out_by),
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def refuse_unless_confirmed(typed: str) -> None:
    """Raise NotConfirmed unless the word was typed."""
    word = gettext("erase")
    if typed.strip().lower() not in (word, WORD):
        raise NotConfirmed(word=word)


def _planned(name: str) -> tuple[RetentionRule, DataSet, Plan]:
    of, rule = sets.find(name), rules.find(name)
    if of.plan is None:
        raise NotByUs
    if rule is None:
        raise RuleMissing
    return rule, of, of.plan(rules.cutoff(rule))
