"""Large coded files: asked for, made beside the server, fetched, removed. Numbered LF."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import update

from survey_app.actions import accounts, exporting, extracts, rounds
from survey_app.actions.jobs import keeping, making, running
from survey_app.audience import Role
from survey_app.store.jobs import ExportJob, JobState
from tests.factories import make_answers, make_response, make_round
from tests.survey_app.conftest import EMAIL, choose_language, token

ADDRESS = "/rounds/autumn/answers.xlsx"
SECONDS = 60


@pytest.fixture
def large(app, monkeypatch):
    """Make a closed round that counts as large."""
    monkeypatch.setattr(keeping, "LARGE", 5)
    with app.app_context():
        found = make_round()
        for number in range(6):
            make_response(found, make_answers(many=str(number)))
        rounds.close_round("autumn")
    yield
    running.close(app)


@pytest.fixture
def unmade(monkeypatch):
    """Let nothing be made: each test says when."""
    monkeypatch.setattr(running, "_start", lambda *_: None)


def ordered(client) -> str:
    """Ask for the workbook; give the address of its page."""
    page = client.get(ADDRESS).location
    done = client.post(page, data={"csrf_token": token(client, page)})
    assert done.status_code == 303
    return str(done.location)


def job_of(address: str) -> str:
    """Read the id in an address."""
    return address.rstrip("/").rpartition("/")[2]


def shown(client, address: str) -> str:
    """Give a page's HTML."""
    return client.get(address).get_data(as_text=True)


def file(app, address: str) -> Path:
    """Say where a file lies."""
    with app.app_context():
        return keeping.path_of(job_of(address))


def made(app, address: str) -> None:
    """Make a file here and now."""
    with app.app_context():
        making.make(job_of(address))


def changed(app, address: str, **facts) -> None:
    """Change what stands about a file."""
    with app.app_context():
        keeping.change(update(ExportJob).where(ExportJob.id == job_of(address)).values(facts))


def test_a_small_file_comes_at_once(app, coordinator, large, monkeypatch) -> None:
    """LF-1: nobody waits for what takes no time."""
    monkeypatch.setattr(keeping, "LARGE", 6)
    with coordinator.get(ADDRESS) as download:
        assert download.status_code == 200
        assert download.data.startswith(b"PK")


def test_a_large_file_is_made_beside_the_server(app, coordinator, large) -> None:
    """LF-2: by a process of its own, which a page without a script shows when it is loaded."""
    address = ordered(coordinator)
    deadline = time.monotonic() + SECONDS
    while "Download the file" not in (page := shown(coordinator, address)):
        assert time.monotonic() < deadline, page
        time.sleep(0.2)
    with coordinator.get(f"{address}file") as download:
        book = openpyxl.load_workbook(BytesIO(download.data))
        assert "autumn.xlsx" in download.headers["Content-Disposition"]
    assert book["Data"].max_row == 7
    assert "Ready" in shown(coordinator, "/extracts/")
    assert file(app, address).stat().st_mode & 0o077 == 0
    assert file(app, address).parent.stat().st_mode & 0o077 == 0


def test_a_maker_that_ends_leaves_its_file(app, coordinator, large, unmade) -> None:
    """LF-2: what is done stays, what was cancelled just before it was opened does not."""
    for state, is_there in ((JobState.DONE, True), (JobState.CANCELLED, False)):
        address = ordered(coordinator)
        made(app, address)
        changed(app, address, state=state.value)
        process = subprocess.Popen([sys.executable, "-c", ""])
        running._makers(app)[job_of(address)] = process
        running._await(app, job_of(address), process)
        assert file(app, address).exists() is is_there
        with coordinator.get(f"{address}file") as download:
            assert download.status_code == (200 if is_there else 410)


def test_each_fetching_is_on_record_as_of_a_small_one(
    app, coordinator, large, unmade, monkeypatch
) -> None:
    """LF-3: who, what, which rule, which data version."""
    address = ordered(coordinator)
    made(app, address)
    with app.app_context():
        assert extracts.listing() == []
    for _ in range(2):
        coordinator.get(f"{address}file").close()
    monkeypatch.setattr(keeping, "LARGE", 6)
    coordinator.get(ADDRESS).close()
    with app.app_context():
        first, *others = [
            (e.actor, e.subject, e.file_format, e.rule, e.digest, e.responses)
            for e in extracts.listing()
        ]
    assert others == [first, first]
    assert first[:3] == (EMAIL, "autumn", "xlsx")


def test_asking_twice_gives_one_file(coordinator, large, unmade) -> None:
    """LF-4: a double click makes nothing twice."""
    assert ordered(coordinator) == ordered(coordinator)


def test_a_file_is_seen_by_nobody_else(app, coordinator, large, unmade) -> None:
    """LF-5: neither its page nor the file, whoever learns the address."""
    address = ordered(coordinator)
    made(app, address)
    with app.app_context():
        accounts.create("other@demo.example", [Role.COORDINATOR], "other-words-on-paper")
    other = app.test_client()
    data = {"email": "other@demo.example", "password": "other-words-on-paper"}
    other.post("/login", data=data | {"csrf_token": token(other)})
    choose_language(other, "en")
    assert other.get(address).status_code == 404
    assert other.get(f"{address}file").status_code == 404
    assert "Your large files" not in shown(other, "/extracts/")


def test_cancelling_ends_whoever_makes_it(app, coordinator, large, unmade, monkeypatch) -> None:
    """LF-6: between two rows; no file stays behind, and it can be made again."""
    address = ordered(coordinator)
    monkeypatch.setattr(making, "BETWEEN_SIGNS", 0.0)
    write = exporting.write_round

    def cancelled(*args, **more):
        page = {"csrf_token": token(coordinator, address)}
        assert coordinator.post(f"{address}cancel", data=page).status_code == 303
        return write(*args, **more)

    monkeypatch.setattr(exporting, "write_round", cancelled)
    made(app, address)
    page = shown(coordinator, address)
    assert "Cancelled" in page
    assert "Make it again" in page
    assert not file(app, address).exists()
    assert coordinator.get(f"{address}file").status_code == 410
    assert ordered(coordinator) != address


def test_a_file_whose_maker_is_gone_is_interrupted(app, coordinator, large, unmade) -> None:
    """LF-7: as after a restart; it can be made again."""
    address = ordered(coordinator)
    long_ago = keeping.now() - 2 * keeping.STALE
    changed(app, address, state=JobState.RUNNING.value, beat=long_ago)
    page = shown(coordinator, address)
    assert "The server was stopped" in page
    assert "Make it again" in page


def test_whoever_writes_long_after_the_last_row_still_lives(
    app, coordinator, large, unmade, monkeypatch
) -> None:
    """LF-7: a file for SPSS is written when all rows have been read."""
    address = ordered(coordinator)
    monkeypatch.setattr(making, "BETWEEN_BEATS", 0.01)
    digest_of, beats = extracts.digest_of, []

    def long(target):
        changed(app, address, beat=keeping.now() - 2 * keeping.STALE)
        time.sleep(0.5)
        beats.append("Being made" in shown(coordinator, address))
        return digest_of(target)

    monkeypatch.setattr(extracts, "digest_of", long)
    made(app, address)
    assert beats == [True]


def test_a_process_that_dies_is_noticed_at_once(app, coordinator, large, monkeypatch) -> None:
    """LF-7: whatever killed it."""
    monkeypatch.setattr(running, "PROGRAM", "no_such_program")
    address = ordered(coordinator)
    deadline = time.monotonic() + SECONDS
    while "Interrupted" not in shown(coordinator, address):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_look_at_a_file_that_waits_begins_it(
    app, coordinator, large, unmade, monkeypatch
) -> None:
    """LF-13: whoever had to may be gone, such as a server that was killed while it made another."""
    address, begun = ordered(coordinator), []
    monkeypatch.setattr(running, "_start", lambda _, job_id: begun.append(job_id))
    shown(coordinator, address)
    assert begun == [job_of(address)]


def test_a_file_that_cannot_be_made_says_so(app, coordinator, large, unmade, monkeypatch) -> None:
    """LF-8: nobody waits for ever, and no half of it stays."""
    address = ordered(coordinator)
    monkeypatch.setattr(extracts, "digest_of", lambda _: 1 / 0)
    made(app, address)
    assert "Could not be made" in shown(coordinator, address)
    assert not file(app, address).exists()


def test_a_file_is_removed_after_a_day(app, coordinator, large, unmade) -> None:
    """LF-9: what nobody fetches does not lie about."""
    address = ordered(coordinator)
    made(app, address)
    changed(app, address, ends=keeping.now() - timedelta(seconds=1))
    assert file(app, address).exists()
    assert "Removed" in shown(coordinator, address)
    assert not file(app, address).exists()
    assert coordinator.get(f"{address}file").status_code == 410


def test_a_file_that_is_lost_is_not_offered(app, coordinator, large, unmade) -> None:
    """LF-9: as in a restored backup, which holds no such files."""
    address = ordered(coordinator)
    made(app, address)
    file(app, address).unlink()
    assert "Removed" in shown(coordinator, address)


def test_a_consent_that_changes_removes_what_was_made_under_it(
    app, coordinator, large, unmade
) -> None:
    """LF-10: the page, and every sweep, compares the consents with those it was made under."""
    address = ordered(coordinator)
    made(app, address)
    changed(app, address, stamp="of other consents")
    assert "a consent has been changed" in shown(coordinator, address)
    assert not file(app, address).exists()


def test_a_start_removes_what_no_file_on_the_list_has_left(app, coordinator, large, unmade) -> None:
    """LF-11: as after a crash in the middle."""
    address = ordered(coordinator)
    made(app, address)
    stray = file(app, address).with_name("0" * 32)
    stray.write_bytes(b"answers")
    running.open_up(app)
    assert not stray.exists()
    assert file(app, address).exists()


def test_a_stop_of_the_server_ends_its_processes(app, coordinator, large) -> None:
    """LF-12: and their files are interrupted, not left running on paper."""
    address = ordered(coordinator)
    running.close(app)
    assert not running._makers(app)
    page = shown(coordinator, address)
    assert "Interrupted" in page or "Waiting" in page or "Ready" in page
