"""The pages of double coding: what the second coder sees does not depend on the first one's codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exports.agreement.alpha import Level, krippendorff_alpha
from survey_app.actions import accounts, responses, rounds
from survey_app.actions.coding import doubling, texts
from survey_app.actions.coding.doubling import Plan
from survey_app.audience import Role
from survey_app.store.database import db
from survey_app.store.doubling import DoubleCode, DoubleCoding, DoubleUnit, UnitKind
from survey_app.store.interviews import InterviewCase
from tests.factories import make_app
from tests.survey_app.actions.coding.coded import CODER, make_coded
from tests.survey_app.actions.interviews.people import make_interview
from tests.survey_app.conftest import PASSWORD, choose_language, token
from tests.survey_app.coordinate.test_rounds import sent, shown
from tests.survey_app.returns.city import log_in

SECOND = "second@demo.example"
ROUND = "/coding/talks/"
WORDS = ("Ett.", "Två.", "Tre.")


def make_double(app: Flask, *first: str) -> InterviewCase:
    """Let the first coder give each paragraph a code, and fix the units for a second one."""
    with app.app_context():
        of = make_coded()
        for email in (SECOND, CODER):
            accounts.create(email, [Role.CODER], PASSWORD)
        case = make_interview(of.of, {"fore": "\n".join(WORDS)})
        for words, name in zip(WORDS, first, strict=True):
            of.give(case, words, name)
        texts.mark(case, CODER, is_coded=True)
        plan = Plan(UnitKind.PARAGRAPH, 100, SECOND, seed=7)
        doubling.begin(rounds.find("talks"), plan, CODER)
        return case


def browser(app: Flask, account: str) -> FlaskClient:
    """Give the browser of an account that reads English."""
    client = log_in(app.test_client(), account)
    choose_language(client, "en")
    return client


def seen_by_second(app: Flask) -> dict[str, str]:
    """Give everything that the second coder can fetch, without what differs by chance."""
    client, found = browser(app, SECOND), {}
    paths = ["/coding/", ROUND, f"{ROUND}double", f"{ROUND}search?q=Ett", f"{ROUND}scheme"]
    paths += [f"{ROUND}questions/{name}/" for name in ("fore", "nu")]
    paths += [f"{ROUND}double/1/units/{number}" for number in range(5)]
    paths += [f"{ROUND}double/1/result", "/coding/schemes/1/", "/coding/schemes/1/history"]
    paths += [f"/coding/schemes/1/codes/{n}/{what}" for n in range(1, 5)
              for what in ("change", "merge", "split", "remove")]  # fmt: skip
    with app.app_context():
        paths.append(f"{ROUND}cases/{db.session.query(InterviewCase).one().code}/")
    for path in paths:
        response = client.get(path)
        page = response.get_data(as_text=True)
        page = re.sub(r'name="csrf_token"[^>]*value="[^"]+"', "", page)
        page = re.sub(r"P-[A-Z0-9]{5}", "P", page)
        page = re.sub(r"<td>\d+/\d+/\d+, [^<]*</td>", "", page)
        found[re.sub(r"P-[A-Z0-9]{5}", "P", path)] = f"{response.status_code} {page}"
    return found


def test_what_the_second_coder_sees_tells_nothing_of_the_first(tmp_path: Path) -> None:
    """Two rooms that differ in the first coder's codes alone look the same, letter by letter."""
    seen = []
    for name, first in (("a", ("rel", "eff", "rel")), ("b", ("eff", "rel_tillit", "eff"))):
        app = make_app(tmp_path / name)
        make_double(app, *first)
        seen.append(seen_by_second(app))
        responses.close(app)
    one, other = seen
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
    assert one[f"{ROUND}double/1/result"].startswith("409")
    assert "3 units coded" in one[f"{ROUND}double"]
    assert one["/coding/schemes/1/codes/1/merge"].startswith("409")


@pytest.fixture
def double(app: Flask) -> Flask:
    """Have three paragraphs coded twice."""
    make_double(app, "rel", "eff", "rel")
    return app


def test_a_second_coder_goes_through_all_units_and_then_they_are_compared(double) -> None:
    """Plan, code, finish, compare, decide."""
    second, first = browser(double, SECOND), browser(double, CODER)
    assert "1 interview is not shown" in shown(second, ROUND)
    assert "The two are compared when" in shown(first, f"{ROUND}double")
    assert first.get(f"{ROUND}double/1/units/1").status_code == 404
    assert first.get(f"{ROUND}double/1/result").status_code == 409
    for number in (1, 2, 3):
        address = f"{ROUND}double/1/units/{number}"
        codes = {"codes": "1"} if "Ett." in shown(second, address) else {}
        assert "checked" not in shown(second, address)
        sent(second, address, **codes)
    assert "3 of 3 units coded" in shown(second, f"{ROUND}double")
    data = {"csrf_token": token(second, f"{ROUND}double")}
    done = second.post(f"{ROUND}double/1/finish", data=data, follow_redirects=True)
    page = done.get_data(as_text=True)
    assert "1 of 3 units have exactly the same codes." in page
    assert "the first coder gave it, the second did not" in page
    assert "Only one value was ever used" not in page
    assert second.get(f"{ROUND}double/1/units/1").status_code == 404
    found = re.search(
        r'name="unit" value="(\d+)"><input type="hidden" name="code" value="(\d+)"', page
    )
    assert found
    here = {"unit": found[1], "code": found[2], "there": "0"}
    assert "Write why." in sent(first, f"{ROUND}double/1/result", reason=" ", **here)
    page = sent(first, f"{ROUND}double/1/result", reason="Se definitionen.", **here)
    assert "It does not hold." in page
    assert "Se definitionen." in page
    assert CODER in page


def coded_as(app: Flask, first: dict[str, str], second: dict[str, str]) -> str:
    """Put in how two coders speak of rel in many units, and give the page on how far they agree.

    Args:
        app: With a double coding.
        first: Unit's number -> valence of the first coder.
        second: Those of the second; where one is missing, that coder gave no code.
    """
    with app.app_context():
        double = db.session.query(DoubleCoding).one()
        old = db.session.query(DoubleUnit).all()
        text_id = old[0].text_id
        for each in old:
            db.session.delete(each)
        db.session.flush()
        for number, at in enumerate(sorted({*first, *second}), start=1):
            unit = DoubleUnit(double_id=double.id, text_id=text_id, start=number, stop=number + 1)
            unit.place, unit.is_coded = number, True
            unit.given = [
                DoubleCode(code_id=1, is_second=is_second, valence=said[at].strip())
                for is_second, said in ((False, first), (True, second))
                if said.get(at)
            ]
            db.session.add(unit)
        double.finished_at = double.made_at
        db.session.commit()
    return " ".join(shown(browser(app, CODER), f"{ROUND}double/1/result").split())


def cells(page: str, heading: str) -> list[str]:
    """Give the figures of the only code in the table under a heading."""
    table = page.split(f'id="{heading}"', 1)[1].split("</table>", 1)[0]
    return re.findall(r"<td[^>]*>([^<]*)</td>", table)


def test_less_agreement_than_by_chance_has_a_true_minus(double) -> None:
    """−0.80 and not -0.80."""
    at = [f"{n:03}" for n in range(20)]
    first = {each: "-1" if n % 2 else "1" for n, each in enumerate(at)}
    found = cells(coded_as(double, first, {each: str(-int(first[each])) for each in at}), "spoken")
    assert found[1] == "−1.00"


def test_the_page_shows_the_numbers_of_the_books(double) -> None:
    """Cohen (1968), N = 200, on the scale of valences: linear .4737, quadratic .4545."""
    numbers = ((88, 10, 2), (14, 40, 6), (18, 10, 12))
    said = [(i, j) for i, row in enumerate(numbers) for j, n in enumerate(row) for _ in range(n)]
    scale = ("-1", "0", "1")
    first = {f"{at:03}": scale[i] for at, (i, _) in enumerate(said)}
    second = {f"{at:03}": scale[j] for at, (_, j) in enumerate(said)}
    found = cells(coded_as(double, first, second), "spoken")
    assert found[:3] == ["200", "0.47", "0.45"]
    ordinal, interval = (
        krippendorff_alpha(said, level).value for level in (Level.ORDINAL, Level.INTERVAL)
    )
    assert ordinal is not None
    assert interval is not None
    assert found[3:5] == [f"{ordinal:.2f}", f"{interval:.2f}"]
    low, high = map(float, found[5].strip().split("–"))
    assert low < ordinal < high


def test_the_page_shows_kappa_and_alpha_of_the_books(double) -> None:
    """Krippendorff (2011), two coders and ten units: alpha .0952; by hand kappa .0909."""
    one, other = "0100000010", "1110010000"
    first = {str(at): " " if said == "1" else "" for at, said in enumerate(one)}
    second = {str(at): " " if said == "1" else "" for at, said in enumerate(other)}
    page = coded_as(double, first, second)
    assert cells(page, "agreement")[:5] == ["10", "0.30", "60.00", "0.09", "0.10"]
    assert "There is no unit of which both said it." in page


def test_valences_that_differ_are_settled_on_the_page(double) -> None:
    """The second coder says how a unit speaks of a code; who differ, decide."""
    second, first = browser(double, SECOND), browser(double, CODER)
    with double.app_context():
        for row in db.session.query(DoubleCode):
            row.valence = "1"
        db.session.commit()
    for number in (1, 2, 3):
        address = f"{ROUND}double/1/units/{number}"
        code = "4" if "Två." in shown(second, address) else "1"
        spoken = {"valence-1": "-1", "valence-4": "1", "valence-2": "0"}
        sent(second, address, codes=code, **spoken)
        assert f'name="codes" value="{code}" checked' in shown(second, address)
        selected = '<option value="-1" selected>' if code == "1" else '<option value="1" selected>'
        assert shown(second, address).count(selected) == 1
    data = {"csrf_token": token(second, f"{ROUND}double")}
    second.post(f"{ROUND}double/1/finish", data=data)
    page = shown(first, f"{ROUND}double/1/result")
    assert page.count("the first coder says “Positive”, the second “Negative”") == 2
    found = re.search(r'name="unit" value="(\d+)"><input type="hidden" name="code" value="1"', page)
    assert found
    here = {"unit": found[1], "code": "1", "reason": "Hör."}
    refused = sent(first, f"{ROUND}double/1/result", valence="loud", **here)
    assert "There is nothing to decide there" in refused
    refused = sent(first, f"{ROUND}double/1/result", valence="0", **(here | {"reason": " "}))
    assert "Write why." in refused
    assert refused.count('<option value="0" selected>') == 1  # what was chosen stays
    page = sent(first, f"{ROUND}double/1/result", valence="0", **here)
    assert "What holds: Neutral." in page
    assert '<option value="0" selected>' in page


def test_a_double_coding_is_planned_on_the_page(double) -> None:
    """For somebody else, of whom there is one; the share is checked."""
    client = browser(double, CODER)
    plan = {"second": SECOND, "kind": "passage", "share": "50"}
    assert "Choose a number" in sent(client, f"{ROUND}double", **(plan | {"share": "0"}))
    page = sent(client, f"{ROUND}double", **plan)
    assert "The units are fixed and drawn." in page
    assert "50 per cent, drawn with" in page
