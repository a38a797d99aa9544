"""The sample: how many of a kind are wanted, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from survey_app.actions.interviews.cases import refuse_names
from survey_app.actions.interviews.errors import QuotaTaken
from survey_app.store.database import db, writing
from survey_app.store.interviews import CaseState, InterviewCase, InterviewQuota
from survey_app.store.models import Round

DIVIDING = ("group", "gender", "year_group", "district")
ANY = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sampling table.

    Attributes:
        counts: State -> how many cases of this kind.
    """

    quota: InterviewQuota
    counts: Counter[str]

    @property
    def done(self) -> int:
        """Tell how many are interviewed."""
        return self.counts[CaseState.DONE]

    @property
    def left(self) -> int:
        """Tell how many are still wanted, beyond those done, planned and booked; never negative."""
        on_the_way = self.counts[CaseState.PLANNED] + self.counts[CaseState.BOOKED]
        return max(0, self.quota.wanted - self.done - on_the_way)

    @property
    def is_filled(self) -> bool:
        """Tell whether enough are done."""
        return self.done >= self.quota.wanted


def table_of(of: Round) -> list[Line]:
    """Give the sampling table. A case counts in every line that it fits."""
    cases = db.session.scalars(select(InterviewCase).where(InterviewCase.round_id == of.id)).all()
    return [Line(quota, _counts(quota, cases)) for quota in quotas_of(of)]


def quotas_of(of: Round) -> Sequence[InterviewQuota]:
    """Give what a round wants, by kind."""
    wanted = select(InterviewQuota).where(InterviewQuota.round_id == of.id)
    order = (InterviewQuota.role, InterviewQuota.group, InterviewQuota.id)
    return db.session.scalars(wanted.order_by(*order)).all()


def want(of: Round, role: str, wanted: int, **kind: str) -> None:
    """Add a line to the sampling table.

    Args:
        of: The round.
        role: Whose interviews.
        wanted: How many.
        kind: Of `DIVIDING`; what is left out is any.

    Raises:
        QuotaTaken: There is a line of this kind.
        NamesSomebody: The group holds what leads to a person.
    """
    refuse_names(kind.get("group", ANY))
    round_id = of.id
    try:
        with writing():
            db.session.add(InterviewQuota(round_id=round_id, role=role, wanted=wanted, **kind))
    except IntegrityError as error:
        raise QuotaTaken from error


def want_no_more(of: Round, quota_id: int) -> None:
    """Remove a line; one that is gone already is no mistake."""
    round_id = of.id
    with writing():
        found = db.session.get(InterviewQuota, quota_id)
        if found is not None and found.round_id == round_id:
            db.session.delete(found)


def _counts(quota: InterviewQuota, cases: Sequence[InterviewCase]) -> Counter[str]:
    return Counter(case.state for case in cases if _fits(quota, case))


def _fits(quota: InterviewQuota, case: InterviewCase) -> bool:
    if case.role != quota.role:
        return False
    pairs = ((getattr(quota, name), getattr(case, name)) for name in DIVIDING)
    return all(wanted in (ANY, have or ANY) for wanted, have in pairs)
