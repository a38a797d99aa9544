"""`survey-app extracts`: which coded files were taken out."""

from __future__ import annotations

import click

from survey_app.actions import extracts as log
from survey_app.cli.frame import data_option, json_option, opened, show, show_rows


@click.group()
@data_option
def extracts() -> None:
    """See which coded files were taken out, and by whom."""


@extracts.command("list")
@json_option
@data_option
def list_(as_json: bool) -> None:
    """List the newest extracts; nothing in them is about respondents."""
    with opened():
        facts = [
            {
                "at": f"{each.at.isoformat()}Z", "actor": each.actor, "kind": each.kind,
                "subject": each.subject, "format": each.file_format, "rule": each.rule,
                "digest": each.digest, "responses": each.responses,
            }
            for each in log.listing()
        ]  # fmt: skip
    if as_json:
        show(facts)
        return
    rows = [
        (str(f["at"]), str(f["actor"]), str(f["subject"]), str(f["format"]),
         ".." if f["responses"] is None else str(f["responses"]), str(f["digest"])[:12])
        for f in facts
    ]  # fmt: skip
    show_rows(("AT", "BY", "WHAT", "FORMAT", "RESPONSES", "DIGEST"), rows)
