"""Which interviews somebody may see with the codes that others gave in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from survey_app.store.database import db
from survey_app.store.doubling import DoubleCoding, DoubleUnit
from survey_app.store.interviews import Interview, InterviewText
from survey_app.store.models import Round


def seen_by(account: str) -> list[Any]:
    """Give the conditions under which an interview may be shown to somebody with its codes.

    Whoever codes some of it as the second coder sees nothing of it before that is finished.
    """
    return [Interview.is_done, Interview.case_id.not_in(blind_to(account))]


def hidden_from(of: Round, account: str) -> int:
    """Count the interviews of a round of which somebody must not see the codes now."""
    wanted = select(func.count()).select_from(Interview).where(Interview.round_id == of.id)
    return db.session.scalar(wanted.where(Interview.case_id.in_(blind_to(account)))) or 0


def blind_to(account: str) -> Select[int]:
    """Choose the cases of which somebody must not see the codes now."""
    return (
        select(InterviewText.case_id)
        .join(DoubleUnit, DoubleUnit.text_id == InterviewText.id)
        .join(DoubleCoding, DoubleCoding.id == DoubleUnit.double_id)
        .where(DoubleCoding.second == account, DoubleCoding.finished_at.is_(None))
    )
