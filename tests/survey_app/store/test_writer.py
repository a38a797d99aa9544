"""The writer: shared commits, and nobody left waiting or lied to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from survey_app.store import database
from survey_app.store import writer as writer_module
from survey_app.store.writer import MOST_PER_COMMIT, GroupWriter, WriterUnavailable


@pytest.fixture
def engine(tmp_path) -> Iterator[Engine]:
    """Give a database with one table."""
    made = create_engine(f"sqlite:///{tmp_path / 'test.sqlite'}")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE kept (name TEXT PRIMARY KEY)"))
    yield made
    made.dispose()


@pytest.fixture
def writer(engine) -> Iterator[GroupWriter]:
    """Give a writer that gives up soon."""
    made = GroupWriter(engine, patience=5)
    yield made
    made.close()


def keeping(name: str) -> Callable[[Connection], None]:
    """Give the work of keeping a name."""

    def work(connection: Connection) -> None:
        connection.execute(text("INSERT INTO kept VALUES (:name)"), {"name": name})

    return work


def kept(engine: Engine) -> set[str]:
    """Read the names."""
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT name FROM kept")))


def until_waiting(writer: GroupWriter, pieces: int) -> None:
    """Wait until so many pieces stand in the queue."""
    deadline = time.monotonic() + 5
    while writer._jobs.qsize() < pieces:
        assert time.monotonic() < deadline, "the pieces did not come"
        time.sleep(0.005)


def refuse(_connection: Connection) -> None:
    """Fail."""
    raise LookupError("refused")


def test_what_is_acknowledged_is_there(engine, writer) -> None:
    """Another connection reads it at once."""
    writer.run(keeping("a"))
    assert kept(engine) == {"a"}


def test_a_failing_piece_does_not_fail_its_neighbours(engine, writer) -> None:
    """One bad answer in a commit costs only itself."""
    hold, entered = threading.Event(), threading.Event()

    def wait(_connection: Connection) -> None:
        entered.set()
        hold.wait(5)

    def half_done(connection: Connection) -> None:
        keeping("half")(connection)
        refuse(connection)

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(writer.run, wait)
        entered.wait(5)
        good = [pool.submit(writer.run, keeping(name)) for name in "abc"]
        bad = pool.submit(writer.run, half_done)
        hold.set()
        with pytest.raises(LookupError):
            bad.result(5)
        for each in (first, *good):
            each.result(5)
    assert kept(engine) == {"a", "b", "c"}


def test_those_who_wait_share_a_commit_in_random_order(engine, writer) -> None:
    """The file does not tell who came first; and one sync of the disk serves many."""
    hold, entered, order = threading.Event(), threading.Event(), []

    def wait(_connection: Connection) -> None:
        entered.set()
        hold.wait(5)

    def noting(number: int) -> Callable[[Connection], None]:
        def work(connection: Connection) -> None:
            order.append((number, id(connection)))

        return work

    with ThreadPoolExecutor(MOST_PER_COMMIT) as pool:
        pool.submit(writer.run, wait)
        entered.wait(5)
        for number in range(40):
            pool.submit(writer.run, noting(number))
        until_waiting(writer, 40)
        hold.set()
    numbers = [number for number, _ in order]
    assert sorted(numbers) == list(range(40))
    assert numbers != sorted(numbers)
    assert len({connection for _, connection in order}) == 1


def test_a_failing_commit_tells_everyone(engine, writer) -> None:
    """Nobody hears that an answer is kept when it is not."""
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE kept"))
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(
            text(
                "CREATE TABLE kept (name TEXT REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)"
            )
        )
    with pytest.raises(WriterUnavailable):  # the broken reference shows at the commit
        writer.run(keeping("orphan"))
    assert kept(engine) == set()


def test_a_dead_writer_says_so_and_another_starts(engine, writer) -> None:
    """A crash in the thread is an error for one, not a wait for all."""

    def die(_connection: Connection) -> None:
        raise SystemExit

    with pytest.raises(WriterUnavailable):
        writer.run(die)
    writer.run(keeping("after"))
    assert kept(engine) == {"after"}


def test_a_wait_too_long_ends_and_the_late_work_is_not_done(engine) -> None:
    """A respondent who was told to send again is not stored behind their back."""
    writer, hold, entered = GroupWriter(engine, patience=0.2), threading.Event(), threading.Event()

    def wait(_connection: Connection) -> None:
        entered.set()
        hold.wait(5)

    with ThreadPoolExecutor(2) as pool:
        pool.submit(writer.run, wait)
        entered.wait(5)
        with pytest.raises(WriterUnavailable):
            writer.run(keeping("late"))
        hold.set()
    writer.close()
    assert kept(engine) == set()


def test_closing_commits_what_waits_and_then_refuses(engine, writer) -> None:
    """A restart of the server loses nothing."""
    entered, hold = threading.Event(), threading.Event()

    def wait(_connection: Connection) -> None:
        entered.set()
        hold.wait(5)

    with ThreadPoolExecutor(4) as pool:
        pool.submit(writer.run, wait)
        entered.wait(5)
        waiting = [pool.submit(writer.run, keeping(name)) for name in "xy"]
        until_waiting(writer, 2)
        closing = pool.submit(writer.close)
        hold.set()
        closing.result(5)
        for each in waiting:
            each.result(5)
    assert kept(engine) == {"x", "y"}
    with pytest.raises(WriterUnavailable):
        writer.run(keeping("z"))


def test_it_tidies_up_when_nothing_comes_and_tries_again_when_it_fails(
    engine, monkeypatch, caplog
) -> None:
    """Once for many answers; an accident there is logged and loses nothing."""
    monkeypatch.setattr(writer_module, "REST", 0.05)
    outcomes: list[bool | Exception] = [RuntimeError("no room"), False, True]
    was_tidied, tried = threading.Event(), []

    def tidy() -> bool:
        tried.append(kept(engine))
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        if outcome:
            was_tidied.set()
        return outcome

    writer = GroupWriter(engine, tidy=tidy)
    writer.run(keeping("one"))
    writer.run(keeping("two"))
    assert was_tidied.wait(5)
    writer.close()
    assert tried == [{"one", "two"}] * 3
    assert "RuntimeError" in caplog.text


def test_it_leaves_everything_tidy(engine) -> None:
    """A server that stops leaves no log behind."""
    tried: list[set[str]] = []

    def tidy() -> bool:
        tried.append(kept(engine))
        return True

    writer = GroupWriter(engine, tidy=tidy)
    writer.run(keeping("one"))
    writer.close()
    assert tried == [{"one"}]


def test_what_the_database_lacks_is_named_in_the_log(engine, writer, monkeypatch, caplog) -> None:
    """Whoever runs the server reads what to mend: room on the disk, or leave to write."""
    engine.dispose()
    monkeypatch.setattr(database, "PRAGMAS", (*database.PRAGMAS, "query_only = ON"))
    with pytest.raises(WriterUnavailable):
        writer.run(keeping("secret"))
    assert "attempt to write a readonly database" in caplog.text
    assert "secret" not in caplog.text
