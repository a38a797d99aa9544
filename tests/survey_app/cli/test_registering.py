"""`survey-app register`: the workbook taken and written from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from forms.writing import write_workbook
from survey_app import cli
from tests.survey_app.actions.register.test_importing import city


@pytest.fixture
def run(tmp_path):
    """Give `run("register", "import", path)` with data of its own."""

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(cli.main, ["--data", str(tmp_path / "data"), *words])

    return invoke


def written(path: Path, old: str = "", new: str = "") -> str:
    """Write the city's workbook."""
    with path.open("wb") as file:
        write_workbook(city(old, new), file)
    return str(path)


def test_a_dry_run_changes_nothing(run, tmp_path) -> None:
    """It says what would happen."""
    file = written(tmp_path / "city.xlsx")
    facts = json.loads(run("register", "import", file, "--dry-run", "--json").stdout)
    assert (facts["is_possible"], facts["is_done"]) == (True, False)
    assert facts["sheets"]["skolor"] == {"added": 2, "changed": 0, "same": 0}
    done = json.loads(run("register", "import", file, "--json").stdout)
    assert done["is_done"]
    assert done["sheets"]["skolor"]["added"] == 2


def test_what_is_exported_is_the_same_again(run, tmp_path) -> None:
    """A round trip changes nothing; and the file is for nobody else's eyes."""
    assert run("register", "import", written(tmp_path / "city.xlsx")).exit_code == 0
    assert run("register", "export", str(tmp_path / "out.xlsx")).exit_code == 0
    assert (tmp_path / "out.xlsx").stat().st_mode & 0o077 == 0
    facts = json.loads(
        run("register", "import", str(tmp_path / "out.xlsx"), "--dry-run", "--json").stdout
    )
    assert facts["sheets"]["elever"] == {"added": 0, "changed": 0, "same": 2}


def test_faults_are_named_by_cell_and_fail(run, tmp_path) -> None:
    """Nothing of the workbook is taken."""
    bad = written(tmp_path / "bad.xlsx", "| 2014 ", "| 1914 ")
    said = run("register", "import", bad)
    assert said.exit_code == 1
    assert "Fault in elever C2: 1914 is not between 1990 and 2100." in said.stdout
    assert "Nothing was changed." in said.stdout
    facts = json.loads(run("register", "import", bad, "--dry-run", "--json").stdout)
    assert facts["sheets"]["skolor"]["added"] == 2  # still not there
