"""What was erased is in no file any more, on SQLite and PostgreSQL."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
from sqlalchemy import text

from survey_app.actions import accounts, exporting, responses, rounds, trail
from survey_app.actions.jobs import keeping
from survey_app.actions.persons import erasing
from survey_app.actions.persons.erasing import Ground
from survey_app.store.database import db
from tests.factories import make_app, make_round
from tests.survey_app.actions.interviews.people import ANNA, NOTES, make_interview
from tests.survey_app.actions.retention.over import BY, SECRET, carry_out, end, returned_city, rule
from tests.survey_app.returns import city
from tests.tools.postgresql import Postgresql

ONE = city.OURS[4]  # somebody about whom nothing was reported


def found_in(folder: Path, words: str) -> list[str]:
    """Name the files that hold words, as themselves or as JSON has them."""
    escaped = words.encode("unicode_escape").replace(b"\\x", b"\\u00")
    paths = [path for path in folder.rglob("*") if path.is_file()]
    kept = {path.name: path.read_bytes() for path in paths}
    return [name for name, held in kept.items() if words.encode() in held or escaped in held]


def erase_all_of_it(app) -> None:
    """Make returns, interviews, a large file and an upload with a secret; then erase all."""
    returned_city()
    accounts.create(ANNA, ["interviewer"])
    make_interview(make_round("talks", table=NOTES), {"fore": SECRET})
    end("talks")
    data = app.config["SETTINGS"].data
    job = keeping.order(rounds.find("talks"), "csv", ANNA)
    exporting.write_round(rounds.find("talks"), "csv", keeping.path_of(job.id))
    (data / "register-uploads").mkdir()
    (data / "register-uploads" / "1.json").write_text(SECRET)
    (data / "outbox").mkdir()
    (data / "outbox" / "1.eml").write_text(SECRET)
    os.utime(data / "outbox" / "1.eml", (0, 0))
    for name in ("returns", "interviews", "mails"):
        rule(name)
    db.session.rollback()


def test_no_file_of_the_data_directory_has_it_any_more(app) -> None:
    """Neither database, write-ahead log, large files, uploads nor mails."""
    data = app.config["SETTINGS"].data
    with app.app_context():
        erase_all_of_it(app)
        assert len(found_in(data, SECRET)) >= 4
        for name in ("returns", "interviews", "mails"):
            assert carry_out(name).is_rewritten
        assert trail.verify().is_whole
        db.session.rollback()
    assert found_in(data, SECRET) == []


def test_postgresqls_tables_have_it_no_more(tmp_path, monkeypatch, postgresql) -> None:
    """Its write-ahead log is another matter, which the documentation tells."""
    monkeypatch.setenv("DATABASE_URL", postgresql.new_database())
    app = make_app(tmp_path / "data")
    with app.app_context():
        erase_all_of_it(app)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        assert in_tables(postgresql, SECRET)
        assert ONE.encode() in examples(postgresql)
        for name in ("returns", "interviews"):
            assert carry_out(name).is_rewritten
        assert trail.verify().is_whole
        seen = erasing.preview(ONE).digest
        assert erasing.erase(ONE, ONE, Ground.ERASURE, seen, BY).is_rewritten
        db.session.rollback()
        assert not in_tables(postgresql, SECRET)
        assert ONE.encode() not in examples(postgresql)
    responses.close(app)


def in_tables(server: Postgresql, words: str) -> bool:
    """Tell whether words stand in any file of a PostgreSQL table, once all is written."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    return bool(found_in(server.folder / "base", words))


def examples(server: Postgresql) -> bytes:
    """Read what PostgreSQL has noted of columns, for its plans."""
    with db.engine.connect() as connection:
        path = connection.execute(text("SELECT pg_relation_filepath('pg_statistic')")).scalar_one()
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    return (server.folder / path).read_bytes()
