"""The register's workbook: what would change, what is wrong and where, all or nothing."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest

from forms.workbook import Workbook
from forms.writing import write_workbook
from survey_app.actions import accounts, trail
from survey_app.actions.register import workbooks
from survey_app.actions.register.importing import (
    Effect,
    RegisterRefused,
    carry_out,
    plan,
    whole_register,
)
from survey_app.actions.register.sheets import SHEETS
from survey_app.audience import Role
from survey_app.store.database import db
from survey_app.store.register import Milestone, PathwayEvent, Pupil, School, TeamMember
from tests.forms.tables import workbook_of

CITY = """
    stadsdelar
    | kod  | namn         | uppgår_i | gäller_från | gäller_till |
    | rink | Rinkeby      | jarva    | 2010-01-01  | 2023-06-30  |
    | jarva | Järva       |          | 2023-07-01  |             |
    skolor
    | kod   | namn          | huvudman   | stadsdel | gäller_från | gäller_till |
    | almen | Almskolan     | kommunal   | rink     | 2010-01-01  |             |
    | fri   | Friskolan Ask | fristaende | jarva    | 2024-08-01  |             |
    team
    | kod | namn      | typ         | gäller_från | gäller_till |
    | t1  | Team Alm  | stationerat | 2018-08-01  |             |
    teamets_skolor
    | team | skola | gäller_från | gäller_till |
    | t1   | almen | 2018-08-01  |             |
    tjänster
    | team | tjänst    | gäller_från | gäller_till | yrke    | andel | konto |
    | t1   | kurator 1 | 2018-08-01  |             | kurator | 0,5   |       |
    elever
    | elev  | kön    | födelseår | förskjutning | bostadsstadsdel |
    | E7K3M | flicka | 2014      |              | jarva           |
    | P4Q9R | pojke  | 2012      | -1           |                 |
    placeringar
    | elev  | gäller_från | gäller_till | skola | team |
    | E7K3M | 2025-09-01  |             | almen | t1   |
    vägen
    | elev  | nummer | steg         | dag        | skäl |
    | E7K3M | 1      | aktualiserad | 2025-08-25 |      |
    | E7K3M | 2      | erbjuden     | 2025-08-28 |      |
    | E7K3M | 3      | samtycke     | 2025-09-01 |      |
    | E7K3M | 4      | inskriven    | 2025-09-02 |      |
    samtycken
    | elev  | undertecknat | blankett | parter              | uppgifter       | undertecknare    | gäller_till | återkallat |
    | E7K3M | 2025-09-01   | 2019     | socialtjanst, skola | narvaro, delmal | vardnadshavare-1 |             |            |
    delmål
    | elev  | nummer | område  | delmål                   | med_elev | med_vårdnadshavare | start      | mål_dag | vikt | svårighet | utgångsläge | nivå_-2 | nivå_-1 | nivå_0        | nivå_1 | nivå_2 | läge   | avslutat | skäl |
    | E7K3M | 1      | narvaro | Kommer till första lektionen | ja   | nej                | 2025-09-10 |         | 2    |           |             |         | Aldrig  | Varannan dag  |        |        | aktivt |          |      |
"""


def city(old: str = "", new: str = "") -> Workbook:
    """Give the workbook, with one thing said otherwise."""
    assert old in CITY
    return workbook_of(CITY.replace(old, new, 1) if old else CITY)


def kept(model: type[Any], *key: Any) -> Any:
    """Find a row of the register."""
    found = db.session.get(model, key)
    assert found is not None, key
    return found


def faults(workbook: Workbook) -> list[tuple[str, str]]:
    """Give where the faults are."""
    return [(fault.sheet, fault.cell) for fault in plan(workbook).faults]


def test_an_empty_register_is_filled(context) -> None:
    """Everything lands in its table, with its type."""
    made = carry_out(city(), "c@demo.example")
    assert {change.effect for change in made.changes} == {Effect.ADDED}
    assert kept(School, "fri").district == "jarva"
    assert kept(Pupil, "P4Q9R").year_shift == -1
    assert kept(PathwayEvent, "E7K3M", 4).day == date(2025, 9, 2)
    milestone = kept(Milestone, "E7K3M", 1)
    assert (milestone.importance, milestone.difficulty, milestone.baseline) == (2, 1, -1)
    assert milestone.level_texts["0"] == "Varannan dag"
    assert milestone.with_pupil
    assert not milestone.with_guardian
    (member,) = db.session.query(TeamMember)
    assert float(member.fte) == 0.5
    assert trail.of_subject("register")[0].actor == "c@demo.example"


def test_what_was_written_out_reads_back_the_same(context) -> None:
    """A coordinator downloads, changes one cell and uploads: only that cell changes."""
    carry_out(city(), "c@demo.example")
    file = BytesIO()
    write_workbook(whole_register(), file)
    back = workbooks.read(file.getvalue())
    again = plan(back)
    assert again.faults == []
    assert {change.effect for change in again.changes} == {Effect.SAME}
    assert len(again.changes) == sum(len(sheet.rows) for sheet in city().sheets)


def test_the_template_is_the_empty_register(context) -> None:
    """All sheets and headers, and nothing else."""
    template = whole_register()
    assert [sheet.name for sheet in template.sheets] == [sheet.name for sheet in SHEETS]
    assert all(sheet.headers and not sheet.rows for sheet in template.sheets)


def test_a_change_is_shown_before_it_is_made(context) -> None:
    """Old and new stand side by side; rows and sheets that are left out stay."""
    carry_out(city(), "c@demo.example")
    only_schools = Workbook((city("Almskolan", "Almens skola").sheet("skolor"),))
    shown = plan(only_schools)
    changed = [change for change in shown.changes if change.effect is Effect.CHANGED]
    assert [(c.row, dict(c.fields)) for c in changed] == [
        (2, {"namn": ("Almskolan", "Almens skola")})
    ]
    assert kept(School, "almen").name == "Almskolan"
    carry_out(only_schools, "c@demo.example")
    assert kept(School, "almen").name == "Almens skola"
    assert db.session.get(Pupil, "E7K3M") is not None


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("| kommunal ", "| privat ", ("skolor", "C2")),
        ("2010-01-01  | 2023-06-30", "2010-01-01  | 2009-06-30", ("stadsdelar", "E2")),
        ("| rink     | 2010", "| rinken   | 2010", ("skolor", "D2")),
        ("| E7K3M | 2025-09-01  |", "| E7K3X | 2025-09-01  |", ("placeringar", "A2")),
        ("| 2014 ", "| 1914 ", ("elever", "C2")),
        ("| 2014 ", "| i fjol ", ("elever", "C2")),
        ("| 0,5 ", "| 1,5 ", ("tjänster", "F2")),
        ("| ja ", "| japp ", ("delmål", "E2")),
        ("| aktivt |", "| pågår |", ("delmål", "Q2")),
        ("| narvaro, delmal ", "| narvaro, allt ", ("samtycken", "E2")),
        ("2025-08-28", "28/8", ("vägen", "D3")),
        ("2025-08-28", "2025-08-01", ("vägen", "C3")),
        ("| samtycke     |", "| inskriven    |", ("vägen", "C4")),
        ("| P4Q9R | pojke", "| E7K3M | pojke", ("elever", "A3")),
        ("| Rinkeby ", "|         ", ("stadsdelar", "B2")),
        ("Kommer till första lektionen", "Ring 070-123 45 67", ("delmål", "D2")),
        ("Kommer till första lektionen", "640823-3234", ("delmål", "D2")),
        ("Kommer till första lektionen", "anna@skola.example", ("delmål", "D2")),
        ("Kommer till första lektionen", "x" * 201, ("delmål", "D2")),
        ("| uppgår_i |", "| uppgar_i |", ("stadsdelar", "C1")),
        ("| t1   | kurator 1 | 2018-08-01  |             | kurator | 0,5   |       |",
         "| t1   | kurator 1 | 2018-08-01  |             | kurator | 0,5   | x@y.example |",
         ("tjänster", "G2")),
    ],
)  # fmt: skip
def test_each_fault_is_found_at_its_cell_and_nothing_is_taken(context, old, new, where) -> None:
    """A coordinator mends the cell; half a register is never there."""
    workbook = city(old, new)
    assert where in faults(workbook)
    with pytest.raises(RegisterRefused):
        carry_out(workbook, "c@demo.example")
    assert db.session.query(School).count() == 0
    assert trail.of_subject("register") == []


def test_all_faults_are_found_at_once(context) -> None:
    """One round of mending is enough."""
    workbook = workbook_of(CITY.replace("2014", "?").replace("kommunal", "?"))
    assert {("skolor", "C2"), ("elever", "C2")} <= set(faults(workbook))


def test_a_slip_in_a_personnummer_is_only_warned_of(context) -> None:
    """It may be another number; a right one is refused."""
    made = carry_out(city("Kommer till första lektionen", "640823-3233"), "c@demo.example")
    assert [(fault.cell, fault.is_warning) for fault in made.faults] == [("D2", True)]


def test_a_missing_column_is_named(context) -> None:
    """The template has them all."""
    (fault, *_) = plan(city("| huvudman   |", "| agare      |")).faults
    assert (fault.sheet, fault.gaps["column"]) == ("skolor", "huvudman")


def test_a_workbook_of_something_else_is_refused(context) -> None:
    """Not silently taken as a register without rows."""
    strange = workbook_of("survey\n| type | name |\n| text | x |")
    assert [fault.sheet for fault in plan(strange).faults] == [""]


def test_placements_do_not_overlap_with_what_is_there(context) -> None:
    """A pupil is at one school at a time, also across two uploads."""
    carry_out(city(), "c@demo.example")
    more = """
        placeringar
        | elev  | gäller_från | gäller_till | skola | team |
        | E7K3M | 2026-01-01  |             | fri   | t1   |
    """
    workbook = workbook_of(more)
    assert faults(workbook) == [("placeringar", "B2")]
    ended = more + "        | E7K3M | 2025-09-01  | 2025-12-31  | almen | t1   |\n"
    carry_out(workbook_of(ended), "c@demo.example")


def test_a_pathway_goes_on_from_what_is_there(context) -> None:
    """The next step may come alone; a wrong one is refused although its own sheet has no other."""
    carry_out(city(), "c@demo.example")
    step = """
        vägen
        | elev  | nummer | steg   | dag        | skäl |
        | E7K3M | 5      | {step} | 2025-10-01 |      |
    """
    assert faults(workbook_of(step.format(step="kartlaggning"))) == []
    assert faults(workbook_of(step.format(step="uppfoljning"))) == [("vägen", "C2")]


def test_districts_do_not_become_parts_of_each_other(context) -> None:
    """Today's borders can always be worked out."""
    ring = city("| jarva | Järva       |          |", "| jarva | Järva       | rink     |")
    assert ("stadsdelar", "C2") in faults(ring)


def test_a_post_may_have_an_account(context) -> None:
    """Whoever holds it reports for the team."""
    accounts.create("x@y.example", [Role.TEAM_MEMBER])
    carry_out(city("| 0,5   |       |", "| 0,5   | X@y.example |"), "c@demo.example")
    (member,) = db.session.query(TeamMember)
    assert member.account == "x@y.example"


def test_levels_may_be_worded_in_some_columns_only(context) -> None:
    """A team that words two levels needs no columns for the other three."""
    carry_out(city(), "c@demo.example")
    goal = """
        delmål
        | elev  | nummer | område  | delmål | med_elev | med_vårdnadshavare | start      | läge   | nivå_0 |
        | E7K3M | 2      | fritid  | Simma  | ja       | nej                | 2025-09-10 | aktivt | Ja     |
    """
    carry_out(workbook_of(goal), "c@demo.example")
    assert kept(Milestone, "E7K3M", 2).level_texts["0"] == "Ja"
