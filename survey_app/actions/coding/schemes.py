"""Schemes of codes: a tree that changes, and a history of everything that was done to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from survey_app.actions.coding.errors import (
    CodeBelowItself,
    CodeInUse,
    CodeNameInvalid,
    CodeNameTaken,
    CodeOfSchemeUnknown,
    SchemeInUse,
    SchemeMissing,
    SchemeTaken,
    SchemeUnknown,
)
from survey_app.actions.coding.history import note
from survey_app.actions.interviews.cases import refuse_names
from survey_app.store.coding import (
    Code,
    Scheme,
    SchemeOfRound,
    Segment,
    SegmentCode,
)
from survey_app.store.database import db, writing
from survey_app.store.doubling import DoubleCode
from survey_app.store.interviews import Interview, InterviewText
from survey_app.store.models import Round

# With "antal_" before it, still a variable of every statistics program.
NAME = re.compile(r"[a-z][a-z0-9_]{0,23}")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a coder writes about a code; see `Code`. Texts are not erased with an interview."""

    name: str
    label: str
    definition: str = ""
    includes: str = ""
    excludes: str = ""
    example: str = ""
    parent_id: int | None = None
    colour: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A code in its tree.

    Attributes:
        depth: 0 for an area.
        colour: Its own, or that of the code above; 0 for none.
        path: The labels from the area down to it.
    """

    code: Code
    depth: int
    colour: int
    path: tuple[str, ...]


def schemes() -> Sequence[Scheme]:
    """Give all schemes by title."""
    return db.session.scalars(select(Scheme).order_by(Scheme.title)).all()


def find(scheme_id: int) -> Scheme:
    """Find a scheme.

    Raises:
        SchemeUnknown: There is none of that number.
    """
    found = db.session.get(Scheme, scheme_id)
    if found is None:
        raise SchemeUnknown
    return found


def of_round(of: Round) -> Scheme | None:
    """Give the scheme by which a round is coded."""
    chosen = db.session.get(SchemeOfRound, of.id)
    return find(chosen.scheme_id) if chosen else None


def needed_by(of: Round) -> Scheme:
    """Give a round's scheme.

    Raises:
        SchemeMissing: Nobody has chosen one.
    """
    found = of_round(of)
    if found is None:
        raise SchemeMissing
    return found


def rounds_of(scheme: Scheme) -> Sequence[Round]:
    """Give the rounds that are coded by a scheme."""
    chosen = select(SchemeOfRound.round_id).where(SchemeOfRound.scheme_id == scheme.id)
    return db.session.scalars(select(Round).where(Round.id.in_(chosen)).order_by(Round.id)).all()


def begin(title: str, account: str) -> int:
    """Begin an empty scheme and give its number.

    Raises:
        SchemeTaken: There is one of that title.
        NamesSomebody: The title holds what leads to a person.
    """
    refuse_names(title)
    try:
        with writing():
            made = Scheme(title=title)
            db.session.add(made)
            db.session.flush()
            note(made, account, "begin", {})
            made_id = made.id
    except IntegrityError as error:
        raise SchemeTaken(title=title) from error
    return made_id


def use(of: Round, scheme_id: int) -> None:
    """Code a round's interviews by a scheme.

    Raises:
        SchemeUnknown: There is none of that number.
        SchemeInUse: Its interviews have codes of another one.
    """
    round_id = of.id
    with writing():
        find(scheme_id)
        chosen = db.session.get(SchemeOfRound, round_id)
        if chosen is None:
            db.session.add(SchemeOfRound(round_id=round_id, scheme_id=scheme_id))
        elif chosen.scheme_id != scheme_id:
            if _is_coded(round_id):
                raise SchemeInUse
            chosen.scheme_id = scheme_id


def codes_of(scheme: Scheme) -> Sequence[Code]:
    """Give a scheme's codes as they were added."""
    wanted = select(Code).where(Code.scheme_id == scheme.id)
    return db.session.scalars(wanted.order_by(Code.id)).all()


def tree(scheme: Scheme) -> list[Node]:
    """Give a scheme's codes, each followed by those under it."""
    below: dict[int | None, list[Code]] = {}
    for code in codes_of(scheme):
        below.setdefault(code.parent_id, []).append(code)

    def walk(parent: int | None, depth: int, colour: int, path: tuple[str, ...]) -> Iterable[Node]:
        for code in below.get(parent, ()):
            own, here = code.colour or colour, (*path, code.label)
            yield Node(code, depth, own, here)
            yield from walk(code.id, depth + 1, own, here)

    return list(walk(None, 0, 0, ()))


def find_code(scheme: Scheme, code_id: int) -> Code:
    """Find a code of a scheme.

    Raises:
        CodeOfSchemeUnknown: It has none of that number.
    """
    found = db.session.get(Code, code_id)
    if found is None or found.scheme_id != scheme.id:
        raise CodeOfSchemeUnknown
    return found


def add(scheme: Scheme, wording: Wording, account: str) -> int:
    """Add a code and give its number.

    Raises:
        CodeNameInvalid, CodeNameTaken: Of its name.
        NamesSomebody: A text holds what leads to a person.
    """
    scheme_id = scheme.id
    with writing():
        kept = find(scheme_id)
        added_id = put(kept, wording).id
        note(kept, account, "add", {"code": wording.name})
    return added_id


def put(scheme: Scheme, wording: Wording) -> Code:
    """Add a code inside a transaction; the caller notes what was done."""
    _refuse(scheme, wording, None)
    added = Code(scheme_id=scheme.id, **asdict(wording))
    db.session.add(added)
    db.session.flush()
    return added


def change(code: Code, wording: Wording, account: str) -> None:
    """Change what is said of a code, its name and its place too; coded passages keep it.

    Raises:
        CodeNameInvalid, CodeNameTaken: Of its name.
        CodeBelowItself: It was to stand under itself.
        NamesSomebody: A text holds what leads to a person.
    """
    scheme_id, code_id = code.scheme_id, code.id
    with writing():
        scheme, kept = find(scheme_id), db.session.get_one(Code, code_id)
        _refuse(scheme, wording, kept)
        own = asdict(wording)
        changed = [name for name, value in own.items() if getattr(kept, name) != value]
        if not changed:
            return
        told: dict[str, Any] = {"code": wording.name, "fields": changed}
        if "name" in changed:
            told |= {"before": kept.name, "segments": uses(code_id)}
        for name, value in own.items():
            setattr(kept, name, value)
        db.session.flush()
        note(scheme, account, "rename" if "name" in changed else "change", told)


def remove(code: Code, account: str) -> None:
    """Remove a code that nobody has used; the history keeps it.

    Raises:
        CodeInUse: Passages have it, or codes stand under it.
    """
    scheme_id, code_id = code.scheme_id, code.id
    with writing():
        kept = db.session.get_one(Code, code_id)
        below = db.session.scalar(select(func.count()).where(Code.parent_id == code_id))
        if below or uses(code_id) or _was_compared(code_id):
            raise CodeInUse(name=kept.name)
        name = kept.name
        db.session.delete(kept)
        db.session.flush()
        note(find(scheme_id), account, "remove", {"code": name})


def uses(code_id: int) -> int:
    """Count the passages that have a code."""
    count = select(func.count()).select_from(SegmentCode).where(SegmentCode.code_id == code_id)
    return db.session.scalar(count) or 0


def _refuse(scheme: Scheme, wording: Wording, kept: Code | None) -> None:
    """Refuse a code that cannot be what it shall become."""
    if not NAME.fullmatch(wording.name):
        raise CodeNameInvalid(name=wording.name)
    texts = (wording.label, wording.definition, wording.includes, wording.excludes, wording.example)
    for each in texts:
        refuse_names(each)
    for other in codes_of(scheme):
        if other.name == wording.name and other is not kept:
            raise CodeNameTaken(name=wording.name)
    above = wording.parent_id
    while above is not None:
        if kept is not None and above == kept.id:
            raise CodeBelowItself
        above = find_code(scheme, above).parent_id


def _was_compared(code_id: int) -> bool:
    given = select(DoubleCode.code_id).where(DoubleCode.code_id == code_id)
    return db.session.scalar(given.limit(1)) is not None


def _is_coded(round_id: int) -> bool:
    texts = select(InterviewText.id).join(Interview, Interview.case_id == InterviewText.case_id)
    coded = select(Segment.id).where(
        Segment.text_id.in_(texts.where(Interview.round_id == round_id))
    )
    return db.session.scalar(coded.limit(1)) is not None
