"""Show figures that change only as two releases together may tell it (R7), and keep them (R11).

Whoever subtracts two releases of a month learns of those who came between. So a release stands as
it was shown until at least five persons differ, whoever looks and however often.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import current_app, g
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from exports.disclosure.differences import Step
from exports.disclosure.guard import DifferenceTells, Earlier, Guard, Released, is_too_like
from exports.disclosure.rules import RULE_VERSION
from survey_app.actions.calendar import today
from survey_app.actions.results.plain import PLAIN
from survey_app.store.database import db, writing
from survey_app.store.released import ReleasedResult

COMMAND_LINE = "survey-app report"
MEMBER_BYTES = 8
SHOWN = 500

Figures = TypeVar("Figures")
Members = frozenset[bytes]
Digests = Mapping[str, bytes]  # of each person


@dataclass(frozen=True, slots=True)
class Part:
    """What is released at once.

    Attributes:
        about, subject: Kind of result and questionnaire.
        name: Period or terms.
        definition: Of its tables, with versions.
    """

    about: str
    subject: str
    name: str
    definition: str


def shown_of(
    part: Part,
    counted: Mapping[str, object],
    kind: type[Figures],
    count: Callable[[Guard], Figures],
    classes: Mapping[str, str] | None = None,
) -> Figures:
    """Give the figures of a part as they may be shown now, and put on record that they are.

    Args:
        counted: For each person, all that the figures take from them, as plain values.
        kind: Of figures.
        count: Counts them anew.
        classes: The class of each person, such as girls, where figures are divided so.
    """
    classes = classes or {}
    # A release of before figures were divided knows the persons without their classes.
    either = [_digests(part, counted, classes), _digests(part, counted, {})]
    earlier = _earlier(part)
    steps = [_step(_members_of(each), either, classes) for each in earlier]
    for each, step in reversed([*zip(earlier, steps, strict=True)]):
        if step.changed == 0 and each.definition == part.definition:
            return PLAIN.structure(each.figures, kind)
    if any(is_too_like(step) for step in steps):
        return PLAIN.structure(earlier[-1].figures, kind)
    guard = Guard(
        [
            Earlier(PLAIN.structure(each.told, Released), step)
            for each, step in zip(earlier, steps, strict=True)
        ]
    )
    try:
        figures = count(guard)
    except DifferenceTells:
        return PLAIN.structure(earlier[-1].figures, kind)
    if guard.has_told():
        told = PLAIN.unstructure(guard.released())
        members = frozenset(either[0].values())
        if not _keep(part, len(earlier) + 1, members, PLAIN.unstructure(figures), told):
            return shown_of(part, counted, kind, count, classes)  # judged beside the other one
    return figures


def newest(part: Part) -> ReleasedResult | None:
    """Give the newest release of a part that cannot change, under the rules of today."""
    found = [
        each
        for each in _earlier(part)
        if (each.rule, each.definition) == (RULE_VERSION, part.definition)
    ]
    return found[-1] if found else None


def standing(part: Part) -> ReleasedResult | None:
    """Give what is shown of a part that is shown once and stays, under whatever rules."""
    found = _earlier(part)
    return found[-1] if found else None


def note(part: Part, figures: object, facts: Mapping[str, object]) -> None:
    """Keep what is shown of a part that cannot change, with what reads it again."""
    _keep(part, len(_earlier(part)) + 1, frozenset(), figures, facts)


def listing() -> Sequence[ReleasedResult]:
    """Give the newest releases, the newest first."""
    wanted = select(ReleasedResult).order_by(ReleasedResult.id.desc()).limit(SHOWN)
    return db.session.scalars(wanted).all()


def _earlier(part: Part) -> Sequence[ReleasedResult]:
    wanted = select(ReleasedResult).filter_by(
        about=part.about, subject=part.subject, part=part.name
    )
    return db.session.scalars(wanted.order_by(ReleasedResult.number)).all()


def _step(before: Members, either: Sequence[Digests], classes: Mapping[str, str]) -> Step:
    """Say who came and went, by the digests that leave fewest to have done so."""
    now = max(either, key=lambda each: len(before & {*each.values()}))
    came = [who for who, digest in now.items() if digest not in before]
    went = before - {*now.values()}
    return Step(len(came), len(went), Counter(classes[who] for who in came if who in classes))


def _digests(part: Part, counted: Mapping[str, object], classes: Mapping[str, str]) -> Digests:
    """Digest who was counted with what: keyed, and for each part otherwise."""
    secret = current_app.config["SETTINGS"].receipt_key.encode()
    place = f"released {part.about} {part.subject} {part.name}".encode()
    key = hmac.new(secret, place, hashlib.sha256).digest()
    digests = {}
    for who, values in counted.items():
        words = " ".join([who, repr(values), *([classes[who]] if who in classes else [])])
        digests[who] = hashlib.blake2b(words.encode(), key=key, digest_size=MEMBER_BYTES).digest()
    return digests


def _members_of(release: ReleasedResult) -> Members:
    kept = release.members
    return frozenset(kept[at : at + MEMBER_BYTES] for at in range(0, len(kept), MEMBER_BYTES))


def _keep(
    part: Part, number: int, members: Members, figures: object, told: Mapping[str, object]
) -> bool:
    """Keep a release, unless somebody was quicker, with figures that may be others."""
    packed = b"".join(sorted(members))
    release = ReleasedResult(
        about=part.about,
        subject=part.subject,
        part=part.name,
        number=number,
        day=today(),
        actor=g.get("reader", COMMAND_LINE),
        definition=part.definition,
        rule=RULE_VERSION,
        data_version=hashlib.sha256(packed).hexdigest(),
        digest=hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest(),
        figures=figures,
        told=told,
        members=packed,
    )
    try:
        with writing():
            db.session.add(release)
    except IntegrityError:
        return False
    return True
