"""An installation as one file: whole, without what must not come back, and never half restored."""

from __future__ import annotations

import io
import sqlite3
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from survey_app.actions import backups, releaser, responses, rounds
from survey_app.actions.backup_errors import (
    BackupDamaged,
    BackupInside,
    BackupLocked,
    DatabaseNotCopied,
    DirectoryInUse,
    RecipientInvalid,
)
from survey_app.settings import database_url
from survey_app.store import mixing, queries
from survey_app.store.database import db
from survey_app.store.waiting import Pool, Waiting
from tests.factories import make_answers, make_app, make_response, make_round


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def servers(request, monkeypatch):
    """Give a function that changes to another, empty database of either kind."""
    if request.param == "sqlite":
        return lambda: None
    server = request.getfixturevalue("postgresql")
    return lambda: monkeypatch.setenv("DATABASE_URL", server.new_database())


@pytest.fixture
def context(servers, tmp_path):
    """Give the context of an app with six answers, of which five are released."""
    servers()
    app = make_app(tmp_path / "data")
    with app.app_context():
        made = make_round()
        for number in range(6):
            make_response(made, make_answers(pets="1", many=str(number)))
            if number == 4:
                releaser.release_waiting([made.id])
        yield app
    responses.close(app)


def restored(source: Path, data: Path, identity: Path | None = None):
    """Restore into a directory, and open what is there."""
    backups.restore(source, data, database_url(data), identity)
    return make_app(data)


def entries(source: Path) -> dict[str, bytes]:
    """Read every file of a backup."""
    with tarfile.open(source) as archive:
        opened = {each.name: archive.extractfile(each) for each in archive.getmembers()}
        return {name: file.read() for name, file in opened.items() if file is not None}


def write(source: Path, files: dict[str, bytes]) -> None:
    """Write a backup of such files, as somebody would who has no respect for it."""
    with tarfile.open(source, "w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def test_all_comes_back_but_what_waits(context, servers, tmp_path) -> None:
    """The sixth waits: had the backup its key, two backups would tell when it came."""
    source, data = tmp_path / "backup", tmp_path / "new"
    codes_before = (context.config["CODE_KEY"], context.config["SECRET_KEY"])
    manifest = backups.backup(source)
    assert source.stat().st_mode & 0o777 == 0o600
    assert not [name for name in entries(source) if "pool" in name or "keys/" in name]
    assert backups.verify(source).rows == manifest.rows
    servers()
    again = restored(source, data)
    with again.app_context():
        found = rounds.find("autumn")
        assert queries.response_count(found.id) == manifest.rows["response"] == 5
        assert db.session.query(Waiting).count() == 0
        assert db.session.get_one(Pool, found.id).key_id is None
        make_response(found)
        assert db.session.query(Waiting).count() == 1
    assert (again.config["CODE_KEY"], again.config["SECRET_KEY"]) == codes_before
    assert data.stat().st_mode & 0o777 == 0o700
    responses.close(again)


@pytest.mark.parametrize("servers", ["sqlite"], indirect=True)
def test_a_large_copy_lays_nothing_aside_in_tmp(context, tmp_path, monkeypatch) -> None:
    """What SQLite needs room for would lie there in clear, where no other part of the city does."""
    monkeypatch.setattr(mixing, "LARGEST", 0)
    backups.backup(tmp_path / "backup")
    with closing(sqlite3.connect(":memory:")) as any_other:  # the folder is the whole process's
        (folder,) = any_other.execute("PRAGMA temp_store_directory").fetchone()
    assert Path(folder).is_relative_to(tmp_path)
    assert Path(folder).name == backups.DATABASE


def test_it_is_one_moment_while_answers_come(context, tmp_path) -> None:
    """What was released before is in it, what waits is not, and nothing is torn."""
    of = rounds.find("autumn")
    round_id, version_id = of.id, of.version_id
    is_over = threading.Event()

    def answer() -> None:
        with context.app_context():
            while not is_over.is_set():
                responses.store(round_id, version_id, make_answers(), None)

    sender = threading.Thread(target=answer)
    sender.start()
    try:
        for number in range(3):
            manifest = backups.backup(tmp_path / f"backup{number}")
            assert backups.verify(tmp_path / f"backup{number}") == manifest
            assert manifest.rows["response"] == 5
    finally:
        is_over.set()
        sender.join()


@pytest.mark.parametrize("fault", ["changed", "missing", "more", "outside", "cut", "text"])
def test_a_damaged_one_restores_nothing(context, servers, tmp_path, fault) -> None:
    """Half an installation would be believed."""
    source, data = tmp_path / "backup", tmp_path / "new"
    backups.backup(source)
    files = entries(source)
    database = next(name for name in files if name.startswith("database/"))
    if fault == "changed":
        write(source, {**files, database: files[database][:-1] + b"!"})
    elif fault == "missing":
        write(source, {name: files[name] for name in files if "secrets" not in name})
    elif fault == "more":
        write(source, {**files, "files/pool/a.key": b"x" * 32})
    elif fault == "outside":
        write(source, {**files, "../escaped": b"x"})
    elif fault == "cut":
        source.write_bytes(source.read_bytes()[:-100])
    else:
        source.write_text("what is this?")
    servers()
    with pytest.raises(BackupDamaged, match="not a whole backup"):
        backups.restore(source, data, database_url(data))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["backup", "data"]


@pytest.mark.parametrize("name", ["../beside", "/beside", "files/../../../beside"])
def test_nothing_is_written_beside_it(context, tmp_path, name) -> None:
    """A backup from somewhere else may say where its files belong; it is not believed."""
    backups.backup(tmp_path / "whole")
    write(tmp_path / "odd", {**entries(tmp_path / "whole"), name: b"planted"})
    with pytest.raises(BackupDamaged):
        backups.verify(tmp_path / "odd")


def test_a_link_in_it_is_refused(context, tmp_path) -> None:
    """A link could lead what comes after it elsewhere."""
    with tarfile.open(tmp_path / "odd", "w:gz") as archive:
        entry = tarfile.TarInfo("files")
        entry.type, entry.linkname = tarfile.SYMTYPE, str(tmp_path)
        archive.addfile(entry)
    with pytest.raises(BackupDamaged):
        backups.verify(tmp_path / "odd")


def test_what_the_server_takes_away_meanwhile_is_left_out(context, tmp_path, monkeypatch) -> None:
    """An upload that is taken, or a mail that is sent, between the look and the copying."""
    kept = backups._kept

    def and_one_more(data):
        yield data / "register-uploads" / "1.json"
        yield from kept(data)

    monkeypatch.setattr(backups, "_kept", and_one_more)
    backups.backup(tmp_path / "all.backup")
    assert "files/register-uploads/1.json" not in backups.verify(tmp_path / "all.backup").files


def test_it_is_not_compressed_as_hard_as_can_be(context, tmp_path) -> None:
    """Those who answer meanwhile would do without a processor three times as long, for 2 %."""
    backups.backup(tmp_path / "b.tar.gz")
    hardest = 2  # as RFC 1952 has it in its ninth byte
    assert (tmp_path / "b.tar.gz").read_bytes()[8] != hardest


def test_it_does_not_lie_among_what_it_holds(context, tmp_path) -> None:
    """The next backup would hold this one too."""
    with pytest.raises(BackupInside):
        backups.backup(tmp_path / "data" / "whole")
    assert not (tmp_path / "data" / "whole").exists()


def test_an_encrypted_one_opens_for_its_owner_alone(context, servers, tmp_path) -> None:
    """Nothing of the answers can be read in it."""
    owner, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    for name, identity in {"owner": owner, "other": other}.items():
        (tmp_path / name).write_text(f"# made for a test\n{identity}\n")
    source = tmp_path / "backup"
    backups.backup(source, [str(owner.to_public())])
    assert source.read_bytes().startswith(backups.ENCRYPTED)
    for identity_file in (None, tmp_path / "other"):
        with pytest.raises(BackupLocked, match="without its key"):
            backups.verify(source, identity_file)
    servers()
    again = restored(source, tmp_path / "new", tmp_path / "owner")
    responses.close(again)
    assert not list(tmp_path.glob(".survey-app-*"))
    with pytest.raises(RecipientInvalid, match="nobody is not a public key"):
        backups.backup(source, ["nobody"])


def test_nothing_is_laid_over_what_is_there(context, tmp_path) -> None:
    """A mistyped directory costs nothing."""
    backups.backup(tmp_path / "backup")
    with pytest.raises(DirectoryInUse, match="is not empty"):
        backups.restore(tmp_path / "backup", tmp_path / "data", database_url(tmp_path / "data"))
    assert queries.response_count(rounds.find("autumn").id) == 6  # one of them waits


@pytest.mark.slow
def test_a_database_of_the_other_kind_is_refused(tmp_path, postgresql) -> None:
    """SQLite's rows do not become PostgreSQL's; nor is a full database filled twice."""
    app = make_app(tmp_path / "data")
    with app.app_context():
        backups.backup(tmp_path / "backup")
    responses.close(app)
    url = postgresql.new_database().replace("postgresql:", "postgresql+psycopg:")
    with pytest.raises(DatabaseNotCopied, match="another kind of database"):
        backups.restore(tmp_path / "backup", tmp_path / "new", url)
    assert not (tmp_path / "new").exists()


@pytest.mark.slow
def test_postgresqls_programs_are_named_when_they_are_missing(
    tmp_path, postgresql, monkeypatch
) -> None:
    """With the line that installs them."""
    monkeypatch.setenv("DATABASE_URL", postgresql.new_database())
    app = make_app(tmp_path / "data")
    monkeypatch.setenv("PATH", str(tmp_path))
    with app.app_context(), pytest.raises(DatabaseNotCopied, match="apt-get install"):
        backups.backup(tmp_path / "backup")
    responses.close(app)
    assert not (tmp_path / "backup").exists()


def test_what_was_deleted_is_not_in_the_copy(tmp_path) -> None:
    """The copy of SQLite's file is written anew: it has no freed pages."""
    app = make_app(tmp_path / "data")
    with app.app_context():
        of = make_round()
        make_response(of)
        backups.backup(tmp_path / "backup")
    responses.close(app)
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(entries(tmp_path / "backup")["database/survey.sqlite"])
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
