"""Entry codes on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import html as lxml_html

from forms.writing import write_workbook
from survey_app import cli
from survey_app.actions.code_spelling import grouped, read
from tests.factories import INTERVIEW, PETS
from tests.forms.tables import workbook_of


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Give `run("codes list ht --json")`: the result, with an open round `ht` that asks for codes."""
    monkeypatch.setenv("SURVEY_APP_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SURVEY_APP_ADDRESS", raising=False)
    monkeypatch.chdir(tmp_path)

    def invoke(command: str) -> Result:
        return CliRunner().invoke(cli.main, command.split())

    publish(invoke, PETS)
    assert invoke("round open ht --instrument pets --codes").exit_code == 0
    return invoke


def publish(run, table: str) -> None:
    """Publish a questionnaire from the folder."""
    write_workbook(workbook_of(table), Path("pets.xlsx"))
    assert run("instrument publish pets.xlsx").exit_code == 0


def read_json(result: Result):
    """Read what a command printed as JSON."""
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_codes_are_printed_once_and_counted(run) -> None:
    """A script gets a list; people get lines."""
    made = read_json(run("codes create ht --count 12 --district Farsta --json"))
    assert len(made) == 12
    assert [grouped(read(code) or "") for code in made] == made
    lines = run("codes create ht --count 3").stdout.split()
    assert all(read(line) for line in lines)
    assert read_json(run("codes list ht --json")) == [
        {"district": "Farsta", "made": 12, "used": 0},
        {"district": None, "made": 3, "used": 0},
    ]
    assert run("codes list ht").stdout.splitlines()[1].split() == ["Farsta", "12", "0"]


def test_a_round_is_listed_with_its_codes(run) -> None:
    """Scripts see who asks for codes."""
    run("round open vt --instrument pets")
    listed = {each["name"]: each["codes_required"] for each in read_json(run("round list --json"))}
    assert listed == {"ht": True, "vt": False}
    assert run("round open vt --codes").exit_code == 1


def test_a_file_of_cards_is_written(run, tmp_path, monkeypatch) -> None:
    """Complete, for nobody else's eyes, and leading to where the tablets reach the server."""
    warned = run("codes create ht --count 1 --output warned.html")
    assert "SURVEY_APP_ADDRESS" in warned.stderr
    monkeypatch.setenv("SURVEY_APP_ADDRESS", "https://enkat.example/")
    result = run("codes create ht --count 12 --district Farsta --output cards.html")
    assert (result.exit_code, result.output) == (0, "")
    file = tmp_path / "cards.html"
    assert file.stat().st_mode & 0o077 == 0
    page: Any = lxml_html.fromstring(file.read_text("utf-8"))
    printed = page.xpath("//p[@class='code']/text()")
    assert len({read(code) for code in printed}) == 12
    assert [len(sheet.xpath(".//li")) for sheet in page.xpath("//section")] == [10, 2]
    (title,) = {each.text for each in page.xpath("//p[@class='code-title']")}
    assert title == "Husdjur"
    assert "enkat.example/e/ht" in page.xpath("//p[@class='code-address']")[0].text_content()
    assert page.xpath("//link | //script | //@src") == []


@pytest.mark.parametrize(
    "command", ["ht --count 0", "ht --count 5001", "none --count 1", "vt --count 1"]
)
def test_what_cannot_be_made_is_said_in_one_sentence(run, tmp_path, command) -> None:
    """And leaves no empty file behind."""
    run("round open vt --instrument pets")
    result = run(f"codes create {command} --output cards.html")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "cards.html").exists()


def test_codes_are_not_lost_when_the_file_cannot_be_written(run) -> None:
    """First the file, then the codes."""
    assert run("codes create ht --count 5 --output no/such/folder.html").exit_code == 1
    assert read_json(run("codes list ht --json")) == []


def test_interviews_have_no_codes(run) -> None:
    """Those who answer them are known."""
    publish(run, INTERVIEW.replace("| pets    |", "| talk    |"))
    assert run("round open it --instrument talk --codes").exit_code == 1
    assert [each["name"] for each in read_json(run("round list --json"))] == ["ht"]
