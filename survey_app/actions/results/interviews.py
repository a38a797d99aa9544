"""Results of coded interviews: how many mention what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import lazyload

from exports.qda.model import Code
from exports.results.interviews import GROUPINGS, InterviewFigures, figures_of
from survey_app.actions.coding import final, schemes
from survey_app.actions.interviews import cases
from survey_app.actions.interviews.told import told_of
from survey_app.store.database import db
from survey_app.store.interviews import Interview, InterviewCase
from survey_app.store.models import Round

KEPT = "interview_results"
_counting = Lock()


@dataclass(frozen=True, slots=True)
class _Coded:
    """What figures are made of; as long as it is the same, so are they."""

    codes: Sequence[Code]
    mentioned: Mapping[str, frozenset[str]]
    known: Mapping[str, Mapping[str, str]]


def rounds_with_codes() -> list[Round]:
    """Give the rounds of interviews that are coded by a scheme, the newest first."""
    return [each for each in cases.rounds_of_interviews() if schemes.of_round(each)]


def figures_in(of: Round) -> InterviewFigures | None:
    """Count a round's coded interviews, anew only when something has changed.

    Raises:
        SchemeMissing: They are coded by no scheme.
    """
    coded = _coded(of)
    kept: dict[int, tuple[_Coded, InterviewFigures | None]]
    kept = current_app.extensions.setdefault(KEPT, {})
    with _counting:
        if of.id not in kept or kept[of.id][0] != coded:
            kept[of.id] = coded, figures_of(coded.codes, coded.mentioned, coded.known)
        return kept[of.id][1]


def uncoded_in(of: Round) -> int:
    """Count the interviews that are done and wait to be coded."""
    wanted = select(func.count()).select_from(Interview)
    done = db.session.scalar(wanted.where(Interview.round_id == of.id, Interview.is_done)) or 0
    return done - len(final.coded_in(of))


def _coded(of: Round) -> _Coded:
    scheme = schemes.needed_by(of)
    mentioned = final.mentions_of(of, scheme)
    wanted = select(InterviewCase).where(InterviewCase.round_id == of.id)
    plain = wanted.options(lazyload(InterviewCase.round))
    told = {each.code: told_of(each) for each in db.session.scalars(plain)}
    known = {
        code: {name: told[code].get(f"_{name}", "") for name in GROUPINGS} for code in mentioned
    }
    return _Coded(final.plain_codes(scheme), mentioned, known)
