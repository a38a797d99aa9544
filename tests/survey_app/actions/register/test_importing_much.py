"""The register of a whole city: who waits while it is taken, and what each row costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from survey_app.actions.register import importing
from survey_app.actions.register.importing import Effect, carry_out
from survey_app.actions.register.reading import read_register, unknown_references
from survey_app.store.database import db, is_writing, writing
from survey_app.store.register import Pupil
from tests.forms.tables import workbook_of
from tests.survey_app.actions.register.test_importing import CITY


def test_nobody_waits_while_a_register_is_compared(context, monkeypatch) -> None:
    """Whoever saves, and every pupil who answers, stands behind the one who writes."""
    waiting = []

    def changes(*given: Any) -> Any:
        waiting.append(is_writing())
        return compared(*given)

    compared = importing._changes
    monkeypatch.setattr(importing, "_changes", changes)
    carry_out(workbook_of(CITY), "c@demo.example")
    assert waiting == [False]


def test_a_register_that_changed_meanwhile_is_compared_again(context, monkeypatch) -> None:
    """What was true before the lock was taken may be true no more."""
    carry_out(workbook_of(CITY), "c@demo.example")
    change = "elever\n| elev | kön | födelseår |\n| NEW01 | flicka | 2014 |"

    @contextmanager
    def later() -> Iterator[None]:
        with writing():
            db.session.add(Pupil(code="NEW01", gender="pojke", birth_year=2014))
        with writing():
            yield

    monkeypatch.setattr(importing, "writing", later)
    made = carry_out(workbook_of(change), "c@demo.example")
    assert made.counts() == {("elever", Effect.CHANGED): 1}
    assert db.session.get_one(Pupil, "NEW01").gender == "flicka"


def test_changed_rows_are_written_together(context) -> None:
    """A new school year changes the row of every pupil."""
    carry_out(workbook_of(CITY), "c@demo.example")
    rows = "".join(f"| P{n} | flicka | {{year}} |\n" for n in range(40))
    head = "elever\n| elev | kön | födelseår |\n"
    carry_out(workbook_of(head + rows.format(year=2012)), "c@demo.example")
    sent: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    carry_out(workbook_of(head + rows.format(year=2013)), "c@demo.example")
    assert len([each for each in sent if "pupil" in each]) < 40


def test_codes_are_put_together_once_a_sheet(context) -> None:
    """Once a row, a city of 20,000 pupils took minutes."""
    put = []

    class Codes(set[str]):
        def __ror__(self, other: object) -> Any:
            put.append(other)
            return NotImplemented if not isinstance(other, set) else {*other, *self}

    rows = "".join(f"| E7K3M | 20{n:02}-01-01 | almen | t1 |\n" for n in range(10, 30))
    head = "placeringar\n| elev | gäller_från | skola | team |\n"
    reading = read_register(workbook_of(head + rows))
    unknown_references(reading, {"elever": Codes({"E7K3M"}), "skolor": {"almen"}, "team": {"t1"}})
    assert (reading.faults, len(put)) == ([], 1)
