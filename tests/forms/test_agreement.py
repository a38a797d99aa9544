"""The server and the page's script decide alike over questionnaires that nobody wrote.

    SURVEY_APP_EXAMPLES=5000 pytest tests/forms/test_agreement.py

tries more of them than a change needs.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from forms.answers import NOTHING_GIVEN, answer
from forms.browser import logic_of
from forms.compile import compile_workbook, instrument_of
from forms.instrument import Instrument
from forms.types import BadValue, read_value
from tests.forms.instruments import fillings, workbooks
from tests.forms.tables import workbook_of
from tests.tools.programs import ROOT, find_node

TODAY = date(2026, 2, 3)
EXAMPLES = int(os.environ.get("SURVEY_APP_EXAMPLES", "80"))

Decide = Callable[..., dict]


@pytest.fixture(scope="module")
def script() -> Iterator[Decide]:
    """Give ``script(instrument, values)``: what the page's modules decide, all under one Node."""
    command = [str(find_node()), str(ROOT / "tests" / "js" / "run_agreement.mjs")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as node:
        to_node, from_node = node.stdin, node.stdout
        assert to_node
        assert from_node

        def decide(
            instrument: Instrument,
            values: dict[str, str],
            hidden: Mapping[str, str] = NOTHING_GIVEN,
        ) -> dict:
            logic = logic_of(instrument, "sv", str, hidden)
            work = {"logic": logic, "today": TODAY.isoformat(), "values": values}
            to_node.write(json.dumps(work) + "\n")
            to_node.flush()
            return json.loads(from_node.readline())

        yield decide
        to_node.close()


def server(
    instrument: Instrument, values: dict[str, str], hidden: Mapping[str, str] = NOTHING_GIVEN
) -> dict:
    """Decide as the server does."""
    outcome = answer(instrument, values, today=TODAY, given=hidden)
    problems = {address: problem.sentence for address, problem in outcome.problems.items()}
    return {
        "asked": sorted(outcome.answers.asked),
        "values": dict(outcome.answers.values),
        "problems": problems,
    }


def readable(instrument: Instrument, values: dict[str, str]) -> dict[str, str]:
    """Leave out what a question's own type refuses: there the page stops before the logic."""
    kept = {}
    for address, text in values.items():
        question = instrument.questions.get(address.rsplit("/", 1)[-1])
        try:
            kept[address] = read_value(question, text) if question else text
        except BadValue:
            continue
    return kept


def test_the_script_and_the_server_decide_alike(script: Decide) -> None:
    """Nobody is told one thing on the tablet and another after sending.

    And the made-up questionnaires are worth trying: a third of them compile, and every kind of
    decision comes up.
    """
    seen: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=EXAMPLES <= 80,
    )
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        compiled = compile_workbook(data.draw(workbooks(), label="workbook"))
        seen["drawn"] += 1
        assume(compiled.instrument is not None)
        instrument = compiled.instrument
        assert instrument is not None
        seen["compiled"] += 1
        for _ in range(3):
            values = readable(instrument, data.draw(fillings(instrument)))
            expected = server(instrument, values)
            decided = script(instrument, values)
            assert decided == expected, "\n".join([*_rows(instrument), f"values: {values}"])
            seen.update(_decisions(expected, values))

    agree()
    assert seen["compiled"] > seen["drawn"] / 3, seen
    for kind in ("problems", "computed", "instances", "skipped"):
        assert seen[kind] > seen["compiled"] / 10, seen


ENDLESS = """
    | type          | name  | label | relevant      | calculation   | constraint    | choice_filter        | repeat_count    |
    | begin_repeat  | outer | O     |               |               |               |                      |                 |
    | begin_repeat  | inner | I     |               |               |               |                      |                 |
    | text          | v     | V     |               |               |               |                      |                 |
    | end_repeat    |       |       |               |               |               |                      |                 |
    | end_repeat    |       |       |               |               |               |                      |                 |
    | text          | shown | S     | ${v} != ${v}  |               | ${v} != ${v}  |                      |                 |
    | calculate     | blank |       |               | ${v} = ${v}   |               |                      |                 |
    | calculate     | nan   |       |               | ${shown} + 1  |               |                      |                 |
    | select_one ab | one   | A     |               |               |               | name = 'a' and ${v} != ${v} |          |
    | begin_repeat  | never | N     |               |               |               |                      | 1 + (${v} = ${v}) |
    | text          | none  | N     |               |               |               |                      |                 |
    | end_repeat    |       |       |               |               |               |                      |                 |
    choices
    | list_name | name | label |
    | ab        | a    | A     |
    | ab        | b    | B     |
    settings
    | form_id | sa_mode |
    | endless | return  |
"""


def test_what_costs_too_much_hides_and_refuses_nothing(script: Decide) -> None:
    """Two questions that compare 600 answers with each other; and a sum of words is blank."""
    instrument = instrument_of(workbook_of(ENDLESS))
    values = {f"outer[{n}]/inner[#]": "200" for n in (1, 2, 3)}
    values |= {"outer[#]": "3", "shown": "word", "one": "b"}
    values |= {f"outer[{n}]/inner[{k}]/v": "x" for n in (1, 2, 3) for k in range(1, 201)}
    expected = server(instrument, values)
    assert script(instrument, values) == expected
    assert {"shown", "blank", "nan", "one"} <= set(expected["asked"])
    assert not {"blank", "nan"} & expected["values"].keys()
    assert not any(address.startswith("never") for address in expected["asked"])
    assert expected["problems"] == {}


NAMESAKES = """
    | type         | name   | label | relevant               | calculation          | constraint      |
    | begin_group  | mother | M     |                        |                      |                 |
    | integer      | age    | A     |                        |                      | . > ../../child/age |
    | end_group    |        |       |                        |                      |                 |
    | begin_group  | child  | C     | /data/mother/age != 30 |                      |                 |
    | integer      | age    | A     |                        |                      |                 |
    | calculate    | gap    |       |                        | /data/mother/age - ../age |            |
    | end_group    |        |       |                        |                      |                 |
    settings
    | form_id | sa_mode |
    | family  | return  |
"""


@pytest.mark.parametrize("ages", [("30", "4"), ("29", "4"), ("3", "4"), ("", "4")])
def test_namesakes_in_several_groups_are_told_apart(script: Decide, ages: tuple[str, str]) -> None:
    """Paths lead to the one that the author means, in the page too."""
    instrument = instrument_of(workbook_of(NAMESAKES))
    values = dict(zip(("mother__age", "child__age"), ages, strict=True))
    expected = server(instrument, values)
    assert script(instrument, values) == expected
    assert ("gap" in expected["asked"]) is (ages[0] != "30")
    if ages[0] == "29":
        assert expected["values"]["gap"] == "25"
    assert ("mother__age" in expected["problems"]) is (ages[0] in {"3", "30"})


def _rows(instrument: Instrument) -> Iterator[str]:
    """Show the questionnaire that the two disagree about."""
    for item in instrument.root.walk():
        logic = {column: expression.text for column, expression in item.expressions()}
        yield f"{type(item).__name__} {item.name} {getattr(item, 'type', '')} {logic}"


def _decisions(outcome: dict, values: dict[str, str]) -> Iterator[str]:
    """Name the kinds of decision that one filling brought up."""
    if outcome["problems"]:
        yield "problems"
    if outcome["values"].keys() - values.keys():
        yield "computed"
    if any("[2]" in address for address in outcome["asked"]):
        yield "instances"
    if any("#" not in each and each not in outcome["asked"] for each in values):
        yield "skipped"


GIVEN = """
    | type         | name  | label | default   | repeat_count | relevant    |
    | hidden       | many  |       | 1         |              |             |
    | hidden       | word  |       | 'a'       |              |             |
    | begin_repeat | goal  | G     |           | ${many}      |             |
    | hidden       | which |       |           |              |             |
    | integer      | level | L     |           |              | ${which} != '' |
    | end_repeat   |       |       |           |              |             |
    settings
    | form_id | default_language | sa_mode |
    | test    | Svenska (sv)     | return  |
"""


@pytest.mark.parametrize(
    ("hidden", "asked"),
    [
        ({}, {"many", "word", "goal[1]/which"}),
        ({"many": "0"}, {"many", "word"}),
        (
            {"many": "2", "word": "", "goal[1]/which": "4", "goal[2]/which": ""},
            {"many", "word", "goal[1]/which", "goal[1]/level", "goal[2]/which"},
        ),
    ],
    ids=["nothing", "none", "two"],
)
def test_what_the_server_gives_counts_on_the_page_too(script: Decide, hidden, asked) -> None:
    """A monthly return shows one block for each milestone of the pupil, before any answer."""
    instrument = instrument_of(workbook_of(GIVEN))
    expected = server(instrument, {"goal[1]/level": "2"}, hidden)
    assert set(expected["asked"]) == asked
    assert script(instrument, {"goal[1]/level": "2"}, hidden) == expected
