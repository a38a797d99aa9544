"""`survey-app register`: take the register's workbook, and write it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from survey_app.actions import trail
from survey_app.actions.register import importing, workbooks
from survey_app.actions.register.importing import Effect, Plan
from survey_app.actions.register.reading import Fault
from survey_app.actions.register.sheets import SHEETS
from survey_app.cli.frame import (
    data_option,
    json_option,
    open_private,
    opened,
    private_draft,
    show,
    show_rows,
)

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
@data_option
def register() -> None:
    """Take the register's workbook, and write it."""


@register.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@json_option
@data_option
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Take a workbook whole, or nothing of it; exit 1 when it has faults."""
    with opened():
        workbook = workbooks.read(file.read_bytes())
        plan = importing.plan(workbook)
        if plan.is_possible and not dry_run:
            plan = importing.carry_out(workbook, trail.SYSTEM)
    is_done = plan.is_possible and not dry_run
    if as_json:
        show(_facts(plan, is_done=is_done))
    else:
        _tell(plan, is_done=is_done)
    if not plan.is_possible:
        click.get_current_context().exit(1)


@register.command("export")
@click.argument("file", type=FILE)
@data_option
def export_register(file: Path) -> None:
    """Write the register as a workbook; of an empty one it is the template."""
    with private_draft(file) as draft:
        with open_private(draft) as target, opened():
            target.write(workbooks.written())
        draft.replace(file)
    click.echo(f"{file} is written.")


def _facts(plan: Plan, *, is_done: bool) -> dict[str, Any]:
    counts = plan.counts()
    return {
        "is_possible": plan.is_possible,
        "is_done": is_done,
        "sheets": {
            sheet.name: {str(effect): counts.get((sheet.name, effect), 0) for effect in Effect}
            for sheet in SHEETS
        },
        "faults": [asdict(fault) | {"sentence": _sentence(fault)} for fault in plan.faults],
    }


def _tell(plan: Plan, *, is_done: bool) -> None:
    for fault in plan.faults:
        kind = "Warning" if fault.is_warning else "Fault"
        click.echo(f"{kind} in {fault.sheet or 'the workbook'} {fault.cell}: {_sentence(fault)}")
    counts = plan.counts()
    rows = [
        (sheet.name, *(str(counts.get((sheet.name, effect), 0)) for effect in Effect))
        for sheet in SHEETS
    ]
    show_rows(("SHEET", "ADDED", "CHANGED", "SAME"), rows)
    click.echo("The register is changed." if is_done else "Nothing was changed.")


def _sentence(fault: Fault) -> str:
    return fault.sentence % fault.gaps
