"""`survey-app retention`: for how long data is kept, what is due, and erasing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
from flask_babel import gettext

from survey_app.actions.retention import carrying, rules
from survey_app.actions.retention.carrying import Due
from survey_app.cli.frame import data_option, json_option, opened, show, show_rows
from survey_app.store.retention import RetentionProtocol, Unit


@click.group()
@data_option
def retention() -> None:
    """See for how long data is kept by which decision, and erase what is due."""


@retention.command("list")
@json_option
@data_option
def list_(as_json: bool) -> None:
    """List the kinds of data with their rules, and whether anything is due."""
    with opened():
        facts = [
            {
                "name": of.name, "title": gettext(of.title),
                "kept_for": f"{rule.length} {rule.unit}" if rule else None,
                "decision": rule.decision if rule else None,
                "decided_on": str(rule.decided_on) if rule else None,
                "is_due": bool(due and not due.is_empty),
            }
            for of, rule, due in carrying.overview()
        ]  # fmt: skip
    if as_json:
        show(facts)
        return
    rows = [
        (str(f["name"]), str(f["kept_for"] or "no rule"), str(f["decision"] or ""),
         "yes" if f["is_due"] else "")
        for f in facts
    ]  # fmt: skip
    show_rows(("NAME", "KEPT FOR", "DECISION", "DUE"), rows)


@retention.command("rule")
@click.argument("name")
@click.option("--length", type=int, required=True, help="How many days, months or years.")
@click.option("--unit", type=click.Choice([each.value for each in Unit]), default="year")
@click.option("--decision", required=True, help="The reference of the decision.")
@click.option("--decided-on", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--by", required=True, help="Who writes it down.")
@data_option
def rule_(name: str, length: int, unit: str, decision: str, decided_on: datetime, by: str) -> None:
    """Write down the rule of NAME, in the place of an earlier one."""
    with opened():
        rules.register(name, length, Unit(unit), decision, decided_on.date(), by)
    click.echo(f"{name} is kept for {length} {unit}.")


@retention.command("preview")
@click.argument("name")
@json_option
@data_option
def preview(name: str, as_json: bool) -> None:
    """Say what is due of NAME, in numbers alone; nothing is erased."""
    with opened():
        due = carrying.preview(name)
    if as_json:
        show(_facts(due))
        return
    _say(due)


@retention.command("carry-out")
@click.argument("name")
@click.option("--by", required=True, help="The name of whoever does it, for the protocol.")
@click.option("--confirm", help="The word that is asked for else.")
@json_option
@data_option
def carry_out(name: str, by: str, confirm: str | None, as_json: bool) -> None:
    """Erase what is due of NAME for real, and keep a protocol."""
    with opened():
        due = carrying.preview(name)
        if not as_json:
            _say(due)
        word = confirm or click.prompt(f"Type “{carrying.WORD}” to erase it", err=True)
        kept = carrying.carry_out(name, word, due.digest, by)
        facts = _protocol(kept)
    if as_json:
        show(facts)
        return
    click.echo(f"It is erased. Protocol {facts['number']}.")
    if not facts["is_rewritten"]:
        click.echo("The files may still hold traces: run `survey-app retention finish`.")


@retention.command("finish")
@json_option
@data_option
def finish(as_json: bool) -> None:
    """Write the files anew where somebody was in the way; exit 1 when somebody still is."""
    with opened():
        left = carrying.settle_all(at_once=True)
    if as_json:
        show({"unfinished": left})
    else:
        click.echo(
            "Somebody is in the way. Try again." if left else "Nothing is left in the files."
        )
    if left:
        click.get_current_context().exit(1)


def _facts(due: Due) -> dict[str, Any]:
    return {"name": due.of.name, "before": str(due.before), "counts": dict(due.counts)}


def _say(due: Due) -> None:
    click.echo(f"Over before {due.before}:")
    for what, number in due.counts.items():
        click.echo(f"  {what}: {'..' if number is None else number}")


def _protocol(kept: RetentionProtocol) -> dict[str, Any]:
    return {
        "number": kept.number,
        "day": str(kept.day),
        "counts": dict(kept.counts),
        "ground": kept.ground,
        "carried_out_by": kept.carried_out_by,
        "is_rewritten": kept.is_rewritten,
        "backups_until": str(kept.backups_until) if kept.backups_until else None,
    }
