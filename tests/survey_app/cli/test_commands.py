"""The command line, as outside scripts use it."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner, Result

from forms.writing import write_workbook
from survey_app import cli
from survey_app.actions import responses, rounds
from tests.factories import CAT, PETS, PICTURED, make_app, make_response
from tests.forms.tables import workbook_of

BROKEN = """
    | type            | name | label |
    | select_one gone | a    | A     |
"""
ROUND_KEYS = (
    "name", "instrument", "mode", "state", "opens", "due", "locks", "responses", "codes_required"
)  # fmt: skip


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Give `run("round list --json")`: the result, with data of its own."""
    monkeypatch.setenv("SURVEY_APP_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def invoke(command: str) -> Result:
        return CliRunner().invoke(cli.main, command.split())

    return invoke


@pytest.fixture
def pets(tmp_path) -> Path:
    """Give a good workbook."""
    write_workbook(workbook_of(PETS), tmp_path / "pets.xlsx")
    return tmp_path / "pets.xlsx"


def read(result: Result):
    """Read what a command printed as JSON."""
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_workbook_becomes_a_round_and_a_coded_file(run, pets, tmp_path) -> None:
    """The whole way by script."""
    assert read(run("instrument publish pets.xlsx --json"))["number"] == 1
    opened = read(run("round open ht --instrument pets --locks 2099-01-31 --json"))
    assert tuple(opened) == ROUND_KEYS
    assert (opened["state"], opened["locks"], opened["responses"]) == ("open", "2099-01-31", 0)
    assert read(run("round close ht --json"))["state"] == "closed"
    assert [tuple(each) for each in read(run("round list --json"))] == [ROUND_KEYS]
    for name in ("ht", "pets"):
        assert run(f"export {name} --format xlsx --output {name}.xlsx.out").exit_code == 0
        content = BytesIO((tmp_path / f"{name}.xlsx.out").read_bytes())
        assert "Data" in openpyxl.load_workbook(content).sheetnames
    assert run("export ht --format csv --output ht.csv").exit_code == 0
    assert "pets" in (tmp_path / "ht.csv").read_text("utf-8-sig").splitlines()[0]


def test_a_round_that_few_answered_is_warned_of(run, pets, tmp_path) -> None:
    """Whoever closes it or lists it knows with whom not to share the answers."""
    run("instrument publish pets.xlsx")
    run("round open ht --instrument pets")
    app = make_app(tmp_path / "data")
    with app.app_context():
        for _ in range(4):
            make_response(rounds.find("ht"))
    responses.close(app)
    assert run("round list").stderr == ""
    assert "fewer than 5" in run("round list").stdout
    assert read(run("round list --json"))[0]["responses"] == 4
    for command in ("round close ht", "round list"):
        assert "ht: so few have answered" in run(command).stderr
    assert read(run("round list --json"))[0]["responses"] == 4


def test_an_open_rounds_answers_are_counted_as_the_pages_do(run, pets, tmp_path) -> None:
    """In steps, so that nobody who looks on sees when one pupil answers; scripts get the number."""
    run("instrument publish pets.xlsx")
    run("round open ht --instrument pets")
    app = make_app(tmp_path / "data")
    with app.app_context():
        for _ in range(7):
            make_response(rounds.find("ht"))
    responses.close(app)
    assert "at least 5" in run("round list").stdout
    assert read(run("round list --json"))[0]["responses"] == 7
    run("round close ht")
    assert "at least" not in run("round list").stdout


def test_problems_are_given_with_their_places(run, tmp_path) -> None:
    """A script can mark the cell."""
    write_workbook(workbook_of(BROKEN), tmp_path / "broken.xlsx")
    result = run("instrument check broken.xlsx --json")
    assert result.exit_code == 1
    problems = json.loads(result.stdout)["problems"]
    problem = next(each for each in problems if each["code"] == "LIST_MISSING")
    assert tuple(problem) == ("level", "sheet", "row", "column", "code", "message")
    assert (problem["sheet"], problem["row"]) == ("survey", 2)
    assert run("instrument check broken.xlsx").exit_code == 1
    assert run("instrument publish broken.xlsx").exit_code == 1
    assert {each["number"] for each in read(run("instrument list --json"))} == {None}


def test_built_in_questionnaires_are_listed_with_title_and_mode(run) -> None:
    """An administrator sees what the system brings along, before anything is published."""
    listed = {each["name"]: each for each in read(run("instrument list --json"))}
    assert listed["manadsrapport"]["title"] == {"sv": "Månadsrapport", "en": "Monthly report"}
    assert listed["manadsrapport"]["mode"] == "return"
    assert "Månadsrapport" in run("instrument list").stdout


def test_a_good_workbook_has_no_errors(run, pets) -> None:
    """Advice is given, and does not stop."""
    found = read(run("instrument check pets.xlsx --json"))["problems"]
    assert [each for each in found if each["level"] == "error"] == []


def test_what_was_downloaded_is_the_same_instrument(run) -> None:
    """A built-in questionnaire can be changed in Excel and published as another version."""
    assert read(run("instrument publish elevenkat --json"))["number"] == 1
    assert run("instrument download elevenkat out.xlsx").exit_code == 0
    assert run("instrument check out.xlsx").exit_code == 0


def test_pictures_beside_the_workbook_come_along(run, tmp_path) -> None:
    """Checked, published and downloaded with it."""
    write_workbook(workbook_of(PICTURED), tmp_path / "pets.xlsx")
    assert run("instrument check pets.xlsx").exit_code == 1
    assert run("instrument publish pets.xlsx").exit_code == 1
    (tmp_path / "pets-media").mkdir()
    (tmp_path / "pets-media" / "cat.png").write_bytes(CAT.content)
    assert run("instrument check pets.xlsx").exit_code == 0
    assert read(run("instrument publish pets.xlsx --json"))["number"] == 1
    assert run("instrument download pets out.xlsx").exit_code == 0
    assert (tmp_path / "out-media" / "cat.png").read_bytes() == CAT.content


def test_a_file_beside_that_is_no_picture_is_reported(run, pets, tmp_path) -> None:
    """The author learns why it is not shown."""
    (tmp_path / "pets-media").mkdir()
    (tmp_path / "pets-media" / "cat.png").write_text("<svg/>")
    result = run("instrument check pets.xlsx --json")
    assert [each["code"] for each in json.loads(result.stdout)["problems"]] == ["PICTURE_REFUSED"]
    assert (result.exit_code, run("instrument publish pets.xlsx").exit_code) == (1, 1)


@pytest.mark.parametrize(
    "command",
    [
        "round open nope",
        "round open ht --instrument nope",
        "round open Höst --instrument elevenkat",
        "round close nope",
        "export nope --format csv --output x.csv",
        "export nope --format csv --output no/such/folder/x.csv",
        "instrument download nope x.xlsx",
        "instrument publish nope",
        "account create nobody --role coordinator",
        "round open ht --instrument elevenkat --opens 2020-01-01 --locks 2020-01-31",
    ],
)
def test_a_mistake_is_one_sentence(run, command) -> None:
    """Exit 1, words on the error stream, never a traceback."""
    result = run(command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.strip().splitlines()) == 1
    assert not Path("x.csv").exists()


def test_a_database_that_is_none_is_said(run, tmp_path) -> None:
    """The operator learns which part does not answer."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "survey.sqlite").write_bytes(b"this is no database" * 100)
    result = run("round list")
    assert result.exit_code == 1
    assert "The database does not answer" in result.stderr


def test_damaged_secrets_are_not_replaced(run, tmp_path) -> None:
    """New ones would lock everyone out."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secrets.json").write_text("{")
    result = run("round list")
    assert result.exit_code == 1
    assert "Restore it from a backup" in result.stderr


@pytest.mark.parametrize(
    "command", ["--data {} round list", "round list --data {}", "round --data {} list"]
)
def test_the_data_may_be_named_before_or_after_the_command(run, tmp_path, command) -> None:
    """Whichever way one is used to."""
    assert run(command.format(tmp_path / "other")).exit_code == 0
    assert (tmp_path / "other" / "survey.sqlite").exists()
    assert not (tmp_path / "data").exists()


def test_secrets_are_made_once_and_kept_private(run, tmp_path) -> None:
    """Other users of the machine read nothing."""
    run("round list")
    secrets = tmp_path / "data" / "secrets.json"
    before = secrets.read_text()
    run("round list")
    assert secrets.read_text() == before
    assert len(set(json.loads(before).values())) == 3
    assert secrets.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_an_account_gets_a_password_of_its_own(run) -> None:
    """Printed once."""
    first = run("account create a@demo.example --role coordinator --role administrator")
    second = run("account create b@demo.example --role coordinator")
    assert first.exit_code == second.exit_code == 0
    assert first.stdout.split("Password: ")[1] != second.stdout.split("Password: ")[1]


def test_an_officer_is_bound_to_a_school_of_the_register(run) -> None:
    """A school that is not there makes no account, and only an officer has one."""
    unknown = run("account create o@demo.example --role school_officer --school nowhere")
    assert (unknown.exit_code, "no school" in unknown.stderr) == (1, True)
    assert run("account create o@demo.example --role school_officer").exit_code == 0
    other = run("account create p@demo.example --role team_member --school almen")
    assert (other.exit_code, "--role school_officer" in other.stderr) == (2, True)


def test_a_district_goes_with_its_readers(run) -> None:
    """A district that is not there makes no account, and only a reader has one."""
    unknown = run("account create o@demo.example --role district_reader --district nowhere")
    assert (unknown.exit_code, "no district" in unknown.stderr) == (1, True)
    for command in ("create", "invite", "roles"):
        other = run(f"account {command} o@demo.example --role coder --district bromma")
        assert (other.exit_code, "--role district_reader" in other.stderr) == (2, True)


def test_csv_files_of_a_form_with_repeats_come_in_an_archive(run, tmp_path) -> None:
    """A file is called what it is."""
    table = """
        | type         | name | label |
        | begin_repeat | barn | Barn  |
        | text         | namn | Namn  |
        | end_repeat   |      |       |
        settings
        | form_id |
        | family  |
    """
    write_workbook(workbook_of(table), tmp_path / "family.xlsx")
    run("instrument publish family.xlsx")
    run("round open ht --instrument family")
    result = run("export ht --format csv --output ht.csv")
    assert result.exit_code == 0, result.stderr
    assert "ht.zip" in result.stderr
    assert not (tmp_path / "ht.csv").exists()
    with ZipFile(tmp_path / "ht.zip") as archive:
        assert sorted(archive.namelist()) == ["Data.csv", "barn.csv"]
