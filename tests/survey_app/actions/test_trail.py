"""The trail of changes, and what tampering with it shows."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from survey_app.actions import trail
from survey_app.store.database import db, writing
from survey_app.store.returns import AuditEntry

EMPTY = "subject = '', details = '', salt = NULL, erased_by = 4"
OTHERS_SEAL = "(SELECT seal FROM audit_entry WHERE number = 2)"
OTHERS = "at, actor, action, subject, details"


def record_some(count: int = 3) -> None:
    """Record entries, each in its own transaction."""
    for number in range(1, count + 1):
        with writing():
            trail.record("a@demo.example", "return.correct", f"return:{number}", {"x": ["1", "2"]})


def tamper(*statements: str) -> None:
    """Do what somebody with the database file can: first take the guards away."""
    with db.engine.begin() as connection:
        for guard in ("update", "delete", "replace"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS audit_refuses_{guard}"))
        for statement in statements:
            connection.execute(text(statement))
    db.session.rollback()  # to see it


def test_an_untouched_trail_is_whole(context) -> None:
    """The last hash is what one notes elsewhere."""
    assert trail.verify() == trail.Verdict(0, None, trail.BEGINNING)
    record_some()
    verdict = trail.verify()
    assert (verdict.entries, verdict.is_whole) == (3, True)
    assert verdict.last_hash == trail.of_subject("return:3")[0].hash


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE audit_entry SET details = '{}' WHERE number = 2", 2),
        ("UPDATE audit_entry SET actor = 'b@demo.example' WHERE number = 1", 1),
        ("UPDATE audit_entry SET at = '2020-01-01T00:00:00+00:00' WHERE number = 3", 3),
        ("DELETE FROM audit_entry WHERE number = 2", 2),
        ("DELETE FROM audit_entry WHERE number = 1", 1),
        ("UPDATE audit_entry SET hash = 'x' WHERE number = 3", 3),
        (f"INSERT INTO audit_entry (number, {OTHERS}, hash) SELECT 4, {OTHERS}, 'y' FROM audit_entry WHERE number = 3", 4),  # noqa: S608
    ],
)  # fmt: skip
def test_tampering_shows_where_it_began(context, statement, first) -> None:
    """A data protection officer can trust what the trail says, or see that it cannot."""
    record_some()
    tamper(statement)
    assert trail.verify().broken == first


def test_entries_that_change_places_are_seen(context) -> None:
    """The order is part of what is hashed."""
    record_some()
    tamper(
        "UPDATE audit_entry SET number = 9 WHERE number = 2",
        "UPDATE audit_entry SET number = 2 WHERE number = 3",
        "UPDATE audit_entry SET number = 3 WHERE number = 9",
    )
    assert trail.verify().broken == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET details = '{}'",
        "UPDATE audit_entry SET subject = '', details = '', salt = NULL, seal = 'x', erased_by = 1",
        "DELETE FROM audit_entry",
        f"INSERT OR REPLACE INTO audit_entry (number, {OTHERS}, hash) SELECT number, {OTHERS}, 'y' FROM audit_entry",  # noqa: S608
    ],
)
def test_the_database_refuses_to_alter_the_trail(context, statement) -> None:
    """Not even a mistake in our own code can."""
    record_some()
    with pytest.raises(IntegrityError, match="never altered"), db.engine.begin() as connection:
        connection.execute(text(statement))


def erase(number: int) -> None:
    """Erase what an entry says, for a reason that is on record."""
    with writing():
        reason = trail.record("d@demo.example", trail.PERSON, "protocol:1")
        assert trail.erase(AuditEntry.number == number, reason) == 1


def test_what_an_entry_says_can_be_erased_and_the_chain_holds(context) -> None:
    """Nothing is left of it but that something was done, by whom, and why it is gone."""
    record_some()
    noted = trail.verify().last_hash
    erase(2)
    verdict = trail.verify()
    assert (verdict.entries, verdict.is_whole) == (4, True)
    left = db.session.get_one(AuditEntry, 2)
    assert (left.subject, left.details, left.salt, left.erased_by) == ("", "", None, 4)
    assert left.actor == "a@demo.example"
    assert db.session.get_one(AuditEntry, 3).hash == noted


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE audit_entry SET actor = 'b@demo.example' WHERE number = 2", 2),
        ("UPDATE audit_entry SET subject = 'return:9' WHERE number = 2", 2),
        ("UPDATE audit_entry SET erased_by = 9 WHERE number = 2", 2),
        (f"UPDATE audit_entry SET {EMPTY}, seal = {OTHERS_SEAL} WHERE number = 3", 3),  # noqa: S608
        ("DELETE FROM audit_entry WHERE number = 4", 2),  # the reason
        ("UPDATE audit_entry SET salt = NULL WHERE number = 1", 1),
    ],
)  # fmt: skip
def test_erasing_is_no_way_round_the_chain(context, statement, first) -> None:
    """Whoever lacks the server's key cannot pretend that something was erased, or by another."""
    record_some()
    erase(2)
    tamper(statement)
    assert trail.verify().broken == first


def test_an_entry_of_an_older_release_is_whole_too(context) -> None:
    """Those without a salt were hashed without one."""
    record_some(1)
    entry = db.session.get_one(AuditEntry, 1)
    entry.salt = None
    unsalted = trail._hash(trail._key(), trail.BEGINNING, entry)
    db.session.rollback()
    tamper(f"UPDATE audit_entry SET salt = NULL, hash = '{unsalted}'")  # noqa: S608
    assert trail.verify().is_whole


def test_a_change_that_fails_leaves_no_entry(context) -> None:
    """The entry stands with the change or not at all."""

    def record_and_fail() -> None:
        with writing():
            trail.record("a@demo.example", "return.correct", "return:1")
            raise OSError

    with pytest.raises(OSError, match=r"^$"):
        record_and_fail()
    assert trail.verify().entries == 0


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note the numbers of entries that are checked."""
    seen: list[int] = []

    def noting(key: bytes, before: str, entry: AuditEntry) -> bool:
        seen.append(entry.number)
        return as_written(key, before, entry)

    as_written = trail._is_as_written
    monkeypatch.setattr(trail, "_is_as_written", noting)
    return seen


def test_a_page_checks_what_is_new_and_all_of_it_hourly(context, monkeypatch) -> None:
    """To check the entries of some years takes seconds of everybody's."""
    record_some(3)
    trail.verify_lately()
    seen = looked_at(monkeypatch)
    record_some(1)
    assert (trail.verify_lately().entries, seen) == (4, [4])
    monkeypatch.setattr(trail, "monotonic", lambda: 9e9)
    tamper("UPDATE audit_entry SET details = '{}' WHERE number = 2")
    assert trail.verify_lately().broken == 2
    assert trail.verify_lately().broken == 2


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_entry WHERE number = 3",
        "UPDATE audit_entry SET hash = 'x' WHERE number = 3",
    ],
)
def test_a_page_checks_all_when_what_it_saw_is_no_more(context, monkeypatch, statement) -> None:
    """What was checked within the hour counts only while it is the beginning of what is there."""
    record_some(3)
    trail.verify_lately()
    tamper(statement)
    seen = looked_at(monkeypatch)
    assert trail.verify_lately() == trail.verify()
    assert seen[0] == 1


def test_a_page_checks_all_when_something_was_erased(context, monkeypatch) -> None:
    """What erasing left is told by older entries, which are others now."""
    record_some(3)
    trail.verify_lately()
    seen = looked_at(monkeypatch)
    with writing():
        reason = trail.record("a@demo.example", trail.PERSON, "protocol:1")
        trail.erase(AuditEntry.number == 2, reason)
    assert (trail.verify_lately().is_whole, seen) == (True, [1, 2, 3, 4])


def test_entries_are_erased_together(context, monkeypatch) -> None:
    """Nobody can write while those of a year are."""
    monkeypatch.setattr(trail, "AT_A_TIME", 4)
    record_some(10)
    sent: list[str] = []
    with writing():
        reason = trail.record("a@demo.example", trail.RETENTION, "protocol:1")
        event.listen(db.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
        assert trail.erase(AuditEntry.number < reason, reason) == 10
    assert len([each for each in sent if each.startswith("UPDATE")]) == 3
    assert trail.verify().is_whole
