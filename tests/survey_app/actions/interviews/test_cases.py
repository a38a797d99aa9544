"""Who is to be interviewed, and how many of a kind there are."""

from __future__ import annotations

import re

import pytest

from survey_app.actions.errors import RoundUnknown
from survey_app.actions.interviews import cases, sampling
from survey_app.actions.interviews.cases import Facts
from survey_app.actions.interviews.errors import CaseUnknown, NamesSomebody, QuotaTaken
from survey_app.store.interviews import CaseState
from tests.factories import make_round
from tests.survey_app.actions.interviews.people import (
    ALL,
    ANNA,
    ANOTHERS,
    OTHER,
    OWN,
    make_case,
    make_interview,
    make_talks,
)


def test_a_pseudonym_is_drawn_and_never_typed(context) -> None:
    """What nobody can write cannot be a name."""
    of = make_talks()
    codes = [cases.add(of, Facts(role="elev"), OWN) for _ in range(20)]
    assert len(set(codes)) == 20
    assert all(re.fullmatch(r"E-[34679CDFHJKMNPQRTWX]{5}", code) for code in codes)


def test_an_interviewer_sees_own_cases_alone(context) -> None:
    """What somebody told one interviewer is not another's to read."""
    of = make_talks()
    case = make_case(of)
    assert [each.code for each in cases.cases_in(of, OWN)] == [case.code]
    assert cases.cases_in(of, ANOTHERS) == []
    with pytest.raises(CaseUnknown):
        cases.find(of, case.code, ANOTHERS)
    assert cases.find(of, case.code, ALL).interviewer == ANNA


def test_only_a_coordinator_gives_a_case_to_somebody_else(context) -> None:
    """An interviewer who could would see whose case it becomes, or lose it."""
    of = make_talks()
    case = make_case(of)
    cases.change(case, Facts(role="personal", interviewer=OTHER), OWN)
    assert cases.find(of, case.code, OWN).interviewer == ANNA
    cases.change(case, Facts(role="personal", interviewer=OTHER), ALL)
    assert cases.find(of, case.code, ANOTHERS).interviewer == OTHER


def test_a_round_of_another_mode_has_no_cases(context) -> None:
    """Nobody can be listed beside anonymous answers."""
    make_round("autumn")
    with pytest.raises(RoundUnknown):
        cases.find_round("autumn")


def test_a_group_that_names_somebody_is_refused(context) -> None:
    """In the case, and in the sample."""
    of = make_talks()
    with pytest.raises(NamesSomebody):
        make_case(of, group="Kim 070-123 45 67")
    with pytest.raises(NamesSomebody):
        sampling.want(of, "elev", 3, group="811218-9876")


def test_the_sample_counts_what_is_wanted_and_what_there_is(context) -> None:
    """Whoever recruits sees which kind is missing."""
    of = make_talks()
    sampling.want(of, "elev", 3, gender="flicka")
    sampling.want(of, "elev", 1)
    sampling.want(of, "personal", 1)
    for gender, state in (("flicka", "planned"), ("flicka", "declined"), ("pojke", "booked")):
        make_case(of, "elev", gender=gender, state=state)
    make_interview(of, {})
    girls, anyone, staff = sampling.table_of(of)
    assert (girls.counts[CaseState.PLANNED], girls.done, girls.left) == (1, 0, 2)
    assert (girls.counts[CaseState.DECLINED], anyone.left) == (1, 0)
    assert (staff.done, staff.left, staff.is_filled, girls.is_filled) == (1, 0, True, False)


def test_a_line_of_the_sample_is_there_once_and_can_go(context) -> None:
    """Two lines of one kind would count every case twice."""
    of = make_talks()
    sampling.want(of, "elev", 3)
    with pytest.raises(QuotaTaken):
        sampling.want(of, "elev", 4)
    (line,) = sampling.table_of(of)
    sampling.want_no_more(make_round("more", table=RETALK), line.quota.id)
    assert len(sampling.table_of(of)) == 1
    sampling.want_no_more(of, line.quota.id)
    assert sampling.table_of(of) == []


RETALK = """
    survey
    | type | name | label::Svenska (sv) |
    | text | fore | Hur var det förut?  |
    settings
    | form_id | form_title | default_language | sa_mode   |
    | retalk  | Samtal     | Svenska (sv)     | interview |
"""
