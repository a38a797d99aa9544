"""The file's order of rows: whoever takes it learns nothing of who answered first."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, event, insert, text

from survey_app.actions import responses
from survey_app.store import mixing, writer
from survey_app.store.database import Base, db
from survey_app.store.mixing import mix
from survey_app.store.models import Receipt, Response
from tests.factories import make_app, make_response, make_round

HEADER = 100  # bytes: counts changes, not rows
ROWS = 300
TABLES = [Base.metadata.tables[name] for name in ("response", "receipt")]


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[list[Engine]]:
    """Give two databases with the answers' tables, which need no rounds here, and no rows."""
    made = [create_engine(f"sqlite:///{tmp_path / name}.sqlite") for name in ("one", "other")]
    for engine in made:
        event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA foreign_keys = OFF"))
        Base.metadata.create_all(engine, tables=TABLES)
    yield made
    for engine in made:
        engine.dispose()


def fill(engine: Engine, order: list[int]) -> None:
    """Store the same answers in an order, each in a commit of its own; the keys are random."""
    for number in order:
        chance = random.Random(number)
        token = f"{chance.getrandbits(256):064x}"
        row = {"id": str(UUID(int=chance.getrandbits(128))), "round_id": 1, "version_id": 1}
        row |= {"answers": {"about": "x" * (number * 3)}, "asked": ["about"]}
        with engine.begin() as connection:
            connection.execute(insert(Response), row)
            connection.execute(insert(Receipt), {"round_id": 1, "token": token})


def rows_of(engine: Engine) -> bytes:
    """Read the whole file but its header."""
    assert engine.url.database is not None
    return Path(engine.url.database).read_bytes()[HEADER:]


def log_of(engine: Engine) -> Path:
    """Give the write-ahead log."""
    return Path(f"{engine.url.database}-wal")


def test_the_file_is_the_same_in_whichever_order_answers_came(engines) -> None:
    """Neither the place of a row nor the number of a page tells anything."""
    order = list(range(ROWS))
    fill(engines[0], order)
    fill(engines[1], order[::-1])
    assert [mix(engine) for engine in engines] == [True, True]
    assert rows_of(engines[0]) == rows_of(engines[1])
    assert [log_of(engine).stat().st_size for engine in engines] == [0, 0]


def test_without_mixing_the_file_would_tell(engines) -> None:
    """If this fails, SQLite has changed and the test above proves nothing."""
    fill(engines[0], list(range(ROWS)))
    fill(engines[1], list(range(ROWS))[::-1])
    assert all(log_of(engine).stat().st_size for engine in engines)
    for engine in engines:
        with engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    assert rows_of(engines[0]) != rows_of(engines[1])


def test_a_reader_in_the_way_is_waited_for_another_time(engines) -> None:
    """An export takes its time; the answers that come meanwhile do not wait for it."""
    engine, _ = engines
    fill(engine, [1, 2])
    with engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM response")).one()
        fill(engine, [3])
        started = time.monotonic()
        assert not mix(engine)
        assert time.monotonic() - started < 5
    assert mix(engine)


def test_a_large_file_only_loses_its_log(engines, monkeypatch) -> None:
    """A million answers are not rewritten each time that nobody answers for a second."""
    monkeypatch.setattr(mixing, "LARGEST", 0)
    fill(engines[0], list(range(ROWS)))
    fill(engines[1], list(range(ROWS))[::-1])
    assert [mix(engine) for engine in engines] == [True, True]
    assert rows_of(engines[0]) != rows_of(engines[1])
    assert log_of(engines[0]).stat().st_size == 0


def test_answers_are_mixed_as_soon_as_nobody_answers(tmp_path, monkeypatch) -> None:
    """Whoever copies the files of a running server finds no log of who came first."""
    monkeypatch.setattr(writer, "REST", 0.1)
    app = make_app(tmp_path / "data")
    with app.app_context():
        open_round = make_round()
        for _ in range(3):
            make_response(open_round)
        log = log_of(db.engine)
        assert log.stat().st_size
        db.session.rollback()
        deadline = time.monotonic() + 10
        while log.stat().st_size and time.monotonic() < deadline:
            time.sleep(0.05)
        assert log.stat().st_size == 0
    responses.close(app)


def told(engine: Engine) -> list[str]:
    """Keep what every connection from now on is told."""
    statements: list[str] = []
    event.listen(engine, "connect", lambda c, _: c.set_trace_callback(statements.append))
    engine.dispose()
    return statements


def test_a_file_is_rewritten_once_though_its_log_must_wait(engines) -> None:
    """Nobody can answer while a large file is rewritten; whoever reads is out of the way soon."""
    engine, _ = engines
    fill(engine, [1, 2])
    statements = told(engine)
    with ThreadPoolExecutor(1) as pool:
        with engine.connect() as reader:
            reader.execute(text("SELECT count(*) FROM response")).one()
            is_done = pool.submit(mixing.mix_patiently, engine)
            deadline = time.monotonic() + 10
            while sum("wal_checkpoint" in each for each in statements) < 2:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            assert log_of(engine).stat().st_size
        assert is_done.result()
    assert statements.count("VACUUM") == 1
    assert log_of(engine).stat().st_size == 0


@pytest.mark.parametrize(("largest", "kept"), [(0, "FILE"), (mixing.LARGEST, "MEMORY")])
def test_a_large_file_is_not_rewritten_in_memory(engines, monkeypatch, largest, kept) -> None:
    """A million answers would not fit; what SQLite lays aside lies beside them, not in /tmp."""
    engine, _ = engines
    monkeypatch.setattr(mixing, "LARGEST", largest)
    fill(engine, [1, 2])
    statements = told(engine)
    assert mixing.mix_patiently(engine)
    assert f"PRAGMA temp_store = {kept}" in statements
    folder = Path(str(engine.url.database)).parent
    with engine.connect() as connection:
        used = connection.execute(text("PRAGMA temp_store_directory")).scalar()
    assert largest or used == str(folder)
    assert {each.name.split("-")[0] for each in folder.iterdir()} == {"one.sqlite", "other.sqlite"}
