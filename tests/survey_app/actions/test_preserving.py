"""What the archive gets: whole, the same each time, and under the rules of coded files."""

from __future__ import annotations

import io
import json
import zipfile

import bagit
import pandas as pd
import pytest
from click.testing import CliRunner

from survey_app import cli
from survey_app.actions import accounts, extracts, preserving, responses, rounds, trail
from survey_app.store.database import db, writing
from tests.factories import make_app, make_response, make_round, release
from tests.survey_app.actions.interviews.people import ANNA, NOTES, make_interview
from tests.survey_app.actions.retention.over import CODE, returned_city


def fill() -> None:
    """Make rounds of all kinds: large enough, too small, open."""
    for name, number in (("enough", 6), ("few", 3), ("open", 6)):
        of = make_round(name)
        for _ in range(number):
            make_response(of)
        release(name)
        if name != "open":
            rounds.close_round(name)
    returned_city()
    with writing():
        rounds.find("manad-2026-10").period = "2026-10"
    accounts.create(ANNA, ["interviewer"])
    make_interview(make_round("talks", table=NOTES), {"fore": "Det var bra."})
    rounds.close_round("talks")


def taken() -> tuple[bytes, preserving.Preserved]:
    """Take a copy."""
    target = io.BytesIO()
    made = preserving.preserve(target, "a@stad.example")
    return target.getvalue(), made


def test_the_copy_is_a_bag_that_others_can_try(context, tmp_path) -> None:
    """The Library of Congress' own program finds it whole; a changed byte shows."""
    fill()
    content, made = taken()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path / "bag")
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert set(bag.payload_entries()) == set(made.files)
    (tmp_path / "bag" / "data" / "loggar" / "andringslogg.csv").write_text("x")
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(tmp_path / "bag")).validate()


def test_it_holds_tables_questionnaires_and_records(context, tmp_path) -> None:
    """Read by another program; what may not be read is not there, and the read-me says why."""
    fill()
    content, made = taken()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path / "bag")
    data = tmp_path / "bag" / "data"
    assert sorted(made.rounds) == ["enough", "manad-2026-10", "talks"]
    assert sorted(made.left_out) == ["few", "manad-2026-09", "open"]
    described = json.loads((data / "omgangar" / "enough" / "datapackage.json").read_text())
    table = data / "omgangar" / "enough" / described["resources"][0]["path"]
    assert len(pd.read_csv(table)) == 6
    returned = (data / "omgangar" / "manad-2026-10").glob("*.csv")
    assert any(CODE in path.read_text() for path in returned)
    assert (data / "formular" / "pets-1.xlsx").exists()
    assert "Har du husdjur?" in (data / "formular" / "pets-1.json").read_text()
    log = pd.read_csv(data / "loggar" / "andringslogg.csv")
    assert list(log["number"]) == list(range(1, len(log) + 1))
    said = (data / "LÄS MIG.txt").read_text()
    assert "BagIt" in said
    assert "few: " in said


def test_the_same_content_gives_the_same_bytes(context, monkeypatch) -> None:
    """An archive can tell whether two copies are one."""
    fill()
    monkeypatch.setattr(preserving, "_note", lambda *_: None)
    assert taken()[0] == taken()[0]


def test_taking_it_is_on_record(context) -> None:
    """Each round in the log of files, and the whole in the record of changes."""
    fill()
    taken()
    noted = {(each.subject, each.file_format) for each in extracts.listing()}
    assert noted == {(name, "preserve") for name in ("enough", "manad-2026-10", "talks")}
    assert [each.actor for each in trail.of_subject("preserve")] == ["a@stad.example"]


def test_the_command_writes_a_file_for_its_owner(tmp_path) -> None:
    """Nobody else on the machine reads it."""
    app = make_app(tmp_path / "data")
    with app.app_context():
        make_round()
        db.session.rollback()
    responses.close(app)
    target = tmp_path / "copy.zip"
    words = ["--data", str(tmp_path / "data"), "preserve", str(target)]
    said = CliRunner().invoke(cli.main, words)
    assert said.exit_code == 0, said.output
    assert "Not in it: autumn." in said.stdout
    assert target.stat().st_mode & 0o777 == 0o600
