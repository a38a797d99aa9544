"""The page of what interviews mention, and an attacker who compares what must look the same."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from survey_app.actions import accounts, rounds
from survey_app.actions.coding import deciding, doubling, final, texts
from survey_app.actions.coding.deciding import Verdict
from survey_app.actions.coding.doubling import Plan
from survey_app.actions.interviews import cases, consents
from survey_app.actions.results import interviews
from survey_app.audience import Role
from survey_app.store.doubling import UnitKind
from tests.survey_app.actions.coding.coded import CODER, Coded, make_coded
from tests.survey_app.actions.interviews.people import ALL, make_interview
from tests.survey_app.conftest import PASSWORD, choose_language
from tests.survey_app.coordinate.test_rounds import shown
from tests.survey_app.results.test_pages import everything
from tests.survey_app.returns.city import log_in

BOSS, SECOND = "boss@demo.example", "second@demo.example"
PAGE = "/results/interviews/talks/"


def hold(of: Coded, number: int, *names: str, is_coded: bool = True) -> None:
    """Hold interviews that mention these codes."""
    for _ in range(number):
        case = make_interview(of.of, {"fore": "Ett.\nTvå."})
        if names:
            of.give(case, "Ett.", *names)
        if is_coded:
            texts.mark(case, CODER, is_coded=True)


@pytest.fixture
def boss(app) -> FlaskClient:
    """Give the browser of a coordinator, who reads English."""
    with app.app_context():
        accounts.create(BOSS, [Role.COORDINATOR], PASSWORD)
    client = log_in(app.test_client(), BOSS)
    choose_language(client, "en")
    return client


def test_the_page_says_how_many_mention_what(app, boss) -> None:
    """Bars, pairs and tables; what waits to be coded is a caution, and counts for nothing."""
    with app.app_context():
        of = make_coded()
        hold(of, 6, "rel_tillit", "eff")
        hold(of, 6, "rel_tillit")
        hold(of, 8)
    page = shown(boss, PAGE)
    assert "How many of 20 coded interviews" in page
    assert "Mentioned by most: Rel: Rel_tillit (12), Eff (6)." in page
    assert "Most often together in one interview: Rel: Rel_tillit and Eff (6)." not in page
    assert "not coded yet" not in page
    assert PAGE in shown(boss, "/results/")
    assert PAGE in shown(boss, "/coding/talks/")
    with app.app_context():
        hold(Coded(rounds.find("talks"), of.scheme, of.codes), 1, "eff", is_coded=False)
    page = shown(boss, PAGE)
    assert "1 interview is not coded yet" in page
    assert "How many of 20 coded" in page
    files = everything(boss, PAGE)
    assert {each.rpartition("/")[2] for each in files} >= {"mentions.svg", "mentions.xlsx"}


def test_of_few_nothing_is_shown(app, boss) -> None:
    """Four interviews, or a scheme that is missing."""
    with app.app_context():
        hold(make_coded(), 4, "eff")
    assert "Fewer than five interviews are coded." in shown(boss, PAGE)
    assert boss.get("/results/interviews/nope/").status_code == 404


def test_hidden_numbers_are_in_no_file(app, boss) -> None:
    """Rounds that differ only in what is hidden have the same page and files, byte for byte."""
    seen = []
    with app.app_context():
        of = make_coded()
        hold(of, 10, "eff")
        hold(of, 10)
        hold(of, 1, "rel_byte")
        hold(of, 4)
    for _ in range(2):
        seen.append(everything(boss, PAGE))
        with app.app_context():
            own = Coded(rounds.find("talks"), of.scheme, of.codes)
            quiet = cases.cases_in(own.of, ALL)[-2:]
            for case in quiet:
                own.give(case, "Två.", "rel_byte")
    assert seen[0] == seen[1]


def test_figures_follow_what_is_decided_and_withdrawn(context) -> None:
    """As in the coded file: a code that was decided away is not mentioned."""
    of = make_coded()
    accounts.create(SECOND, ["coder"])
    hold(of, 12, "eff")
    hold(of, 8)
    talks = rounds.find("talks")
    scheme = of.scheme

    def eff() -> object:
        figures = interviews.figures_in(rounds.find("talks"))
        assert figures
        return next(figures.mentioned(each) for each in figures.lines if each.name == "code eff")

    assert eff() == 12
    plan = Plan(UnitKind.PARAGRAPH, 100, SECOND, seed=1)
    double = doubling.find(talks, doubling.begin(talks, plan, CODER))
    for unit in doubling.units_of(double):
        doubling.give(double, unit.id, [])
    doubling.finish(double)
    for each in deciding.disagreements(double)[:2]:
        deciding.decide(double, each.unit.id, each.code.id, Verdict(False, "x"), CODER)
    assert eff() == 10
    whole = final.final_of(talks)
    assert whole
    by_case = {case: set[str]() for case in whole.coded}
    for segment in whole.segments:
        by_case[segment.source[0]].update(segment.codes)
    assert final.mentions_of(talks, scheme) == by_case
    mentioning = [case for case, names in by_case.items() if names]
    consents.withdraw(cases.find(talks, mentioning[0], ALL), BOSS)
    assert eff() == 9
