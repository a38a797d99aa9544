"""The page's script decides as the server does, or a pupil would be told two things."""

from __future__ import annotations

import json
import random
import subprocess
from datetime import date
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from forms.browser import logic_of
from forms.compile import instrument_of
from forms.instrument import Question, QuestionType
from forms.pages import fill
from forms.types import BadValue, read_value
from tests.forms.tables import workbook_of
from tests.tools.programs import ROOT, find_program

DAY = date(2026, 2, 3)
FULL = """
    survey
    | type            | name  | label::Svenska (sv) | relevant            | required      | constraint        | calculation                              | default |
    | select_one yn   | a     | A                   |                     | yes           |                   |                                          |         |
    | begin_group     | g     | G                   | ${a} = 'y'          |               |                   |                                          |         |
    | integer         | n     | N                   |                     |               | . >= 0 and . < 50 |                                          |         |
    | decimal         | d     | D                   | ${n} > 2            | ${n} > 5      | . <= ${n}         |                                          |         |
    | select_multiple yn | m  | M                   |                     |               | count-selected(.) < 2 |                                      |         |
    | end_group       |       |                     |                     |               |                   |                                          |         |
    | date            | when  | When                |                     |               | . <= today()      |                                          |         |
    | text            | t     | T                   | ${when} != ''       |               | regex(., '[a-zå]+') |                                        |         |
    | calculate       | sum   |                     |                     |               |                   | ${n} + ${d}                              |         |
    | calculate       | named |                     | ${a} != ''          |               |                   | jr:choice-name(${a}, '${a}')             |         |
    | calculate       | kind  |                     |                     |               |                   | instance('yn')/root/item[name = ${a}]/kind |       |
    | hidden          | h     |                     |                     |               |                   |                                          | 7       |
    | select_one yn   | last  | L                   | ${sum} > 9 or ${h} = '8' |          |                   |                                          |         |
    choices
    | list_name | name | label::Svenska (sv) | kind |
    | yn        | y    | Ja                  | good |
    | yn        | n    | Nej                 | bad  |
    settings
    | form_id | default_language |
    | full    | Svenska (sv)     |
"""

# What fingers, keyboards and clipboards put into fields.
TYPED = {
    "a": ["", "y", "n", "maybe"],
    "n": ["", "3", "6", "+07", "-1", "60", "1 000", "\u2212 4", "3.5", "tre", "0" * 16],
    "d": ["", "2", "2,50", ".5", "-0", "0,000", "00012.340", "1e3", "5.", ",", "9"],
    "m": ["", "y", "n y", "z"],
    "when": ["", "2026-02-03", "2026-02-04", "2024-02-29", "2025-02-29", "0000-01-01", "3/2 2026"],
    "t": ["", " hej ", "Hej", "a\u030a", "å\r\n", "x y", "\x00a", "\u2028b", "\ufeffb "],
    "last": ["", "y"],
    "sum": ["", "99"],
}


def run_script(tmp_path: Path, **work: object) -> dict:
    """Hand work to the page's own modules under Node."""
    file = tmp_path / "work.json"
    file.write_text(json.dumps({"today": DAY.isoformat(), **work}), encoding="utf-8")
    command = [
        find_program("node", package="nodejs"),
        ROOT / "tests" / "js" / "run_logic.mjs",
        file,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def decided_by_the_server(instrument, filling: dict[str, str]) -> dict:
    """Give what the server makes of a filling, in the script's form."""
    posted = MultiDict([(name, text) for name, text in filling.items() if text])
    posted.setlist("m", filling.get("m", "").split())
    filled = fill(instrument, "sv", posted, gettext=str, today=DAY)
    problems = {field_id.removeprefix("q-"): sentence for field_id, _, sentence in filled.errors}
    answers = filled.answers
    return {
        "problems": problems,
        "values": dict(answers.values) if answers else None,
        "asked": sorted(answers.asked) if answers else None,
    }


def test_the_script_decides_as_the_server_does(tmp_path) -> None:
    """Three hundred fillings, wild ones too: the same questions, values and messages."""
    instrument = instrument_of(workbook_of(FULL))
    chance = random.Random(1)
    fillings = [
        {name: chance.choice(texts) for name, texts in TYPED.items()} for _ in range(300)
    ] + [{"a": "y", "n": "7", "d": "3", "when": "2026-01-01", "t": "å"}, {}]
    logic = json.loads(json.dumps(logic_of(instrument, "sv", str)))
    outcomes = run_script(tmp_path, logic=logic, fillings=fillings)["outcomes"]
    whole = 0
    for filling, script in zip(fillings, outcomes, strict=True):
        server = decided_by_the_server(instrument, filling)
        known = {k: v for k, v in server["problems"].items() if "in the list" not in v}
        if known == server["problems"]:  # a page has no controls for codes out of the list
            assert script["problems"] == known, filling
        if server["values"] is not None:
            whole += 1
            assert script["values"] == server["values"], filling
            assert sorted(script["asked"]) == server["asked"], filling
    assert whole > 10


@pytest.mark.parametrize("kind", ["integer", "decimal", "date", "text"])
def test_the_script_reads_what_is_typed_as_the_server_does(tmp_path, kind) -> None:
    """2,50 is 2.5 on the screen and in the file."""
    texts = [text for texts in TYPED.values() for text in texts]
    question = Question(name="q", type=QuestionType(kind), row=2)

    def read(text: str) -> str | None:
        try:
            return read_value(question, text)
        except BadValue:
            return None

    script = run_script(
        tmp_path,
        logic={"pages": [], "questions": {}, "order": []},
        typed=[({"type": kind}, t) for t in texts],
    )
    assert script["read"] == [read(text) for text in texts]
