"""`survey-app remind`: says whom it reminds, and reminds nobody in a dry run."""

from __future__ import annotations

import json

from click.testing import CliRunner

from survey_app import cli


def test_without_rounds_nobody_is_reminded(tmp_path) -> None:
    """An empty server is quiet."""
    data = ["--data", str(tmp_path / "data")]
    assert "No reminder is due." in CliRunner().invoke(cli.main, [*data, "remind"]).stdout
    said = CliRunner().invoke(cli.main, [*data, "remind", "--dry-run", "--json"])
    assert json.loads(said.stdout) == []
