"""What may happen to a server while people send: each scenario says what came of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

from tests.robustness.crash.crowd import Crowd, lost_and_doubled
from tests.robustness.crash.desk import Team, fill_city, wrong_in
from tests.robustness.crash.installation import ROUND, Installation, small_disk, wait_for
from tests.tools.postgresql import Postgresql, running_postgresql
from tests.tools.programs import fail_for_want_of

Report = dict[str, Any]
KILLS = 4
FEW = 100  # answers, of a short run: one kill is enough
MEGABYTES = 64
REFUSALS = 20  # of pupils, before what is wrong is mended
DAY = 86_400
JUMPS = (0, 3 * DAY, -2 * DAY, 3_600, -90 * DAY, 0)  # seconds from now
PATH = f"/e/{ROUND}"


def server_killed(folder: Path, answers: int) -> Report:
    """SIGKILL of the server, several times, on SQLite."""
    place = Installation(folder)
    return _killing(place, answers, place.kill)


def server_killed_on_postgresql(folder: Path, answers: int) -> Report:
    """SIGKILL of the server, several times, on PostgreSQL."""
    with _on_postgresql(folder) as (place, _):
        return _killing(place, answers, place.kill)


def postgresql_killed(folder: Path, answers: int) -> Report:
    """SIGKILL of PostgreSQL while our server goes on: it finds its way back by itself."""
    with _on_postgresql(folder) as (place, database):
        return _killing(place, answers, database.kill, database.start)


def _killing(
    place: Installation,
    answers: int,
    kill: Callable[[], None],
    start: Callable[[], None] | None = None,
) -> Report:
    place.open_round()
    place.start()
    with Crowd(PATH, range(answers), lambda: place.port) as crowd:
        for number in _kills(answers):
            crowd.wait_for(number)
            kill()
            (start or place.start)()
    return _end(place, [crowd])


def _kills(answers: int) -> list[int]:
    """Say after how many answers something is killed."""
    kills = KILLS if answers > FEW else 1
    return [answers * number // (kills + 1) for number in range(1, kills + 1)]


def returns_with_server_killed(folder: Path, answers: int) -> Report:
    """SIGKILL of the server while a team corrects its month, on SQLite."""
    place = Installation(folder)
    return _team(place, answers, place.kill, place.start)


def returns_with_postgresql_killed(folder: Path, answers: int) -> Report:
    """The same with PostgreSQL killed."""
    with _on_postgresql(folder) as (place, database):
        return _team(place, answers, database.kill, database.start)


def _team(
    place: Installation, answers: int, kill: Callable[[], None], start: Callable[[], None]
) -> Report:
    with patch.dict(os.environ, place.environment):
        fill_city(place.data)
    place.start()
    address = f"http://127.0.0.1:{place.port}"
    team = Team(max(2, answers // 9), lambda: address)
    changes = team.desks[0].changes
    with team:
        for number in _kills(9 * changes):
            team.wait_for(number)
            kill()
            start()
    place.stop()
    with patch.dict(os.environ, place.environment):
        wrong = wrong_in(place.data, changes)
    statuses = sum((each.statuses for each in team.desks), start=Counter())
    return {
        "sent": 9 * changes,
        "kept": team.kept,
        "wrong": wrong,
        "statuses": dict(statuses),
        "is_right": not wrong and team.kept == 9 * changes and "500" not in statuses,
    }


def disk_full(folder: Path, answers: int) -> Report:
    """No room for a while: pupils read that it must wait, and everything goes on afterwards."""
    disk = folder / "disk"
    with small_disk(disk, MEGABYTES) as (within, seen):
        place = Installation(disk, within=within)
        place.open_round()
        shutil.copytree(place.data, seen / "data")
        place.start()
        before = Crowd(PATH, range(answers // 3), lambda: place.port)
        with before:
            pass
        _fill_up(seen / "filler")
        with Crowd(PATH, range(answers // 3, answers), lambda: place.port) as crowd:
            crowd.wait_until(lambda: crowd.statuses["503"] > REFUSALS)
            (seen / "filler").unlink()
        place.stop()
        shutil.rmtree(place.data)
        shutil.copytree(seen / "data", place.data)
    return _end(place, [crowd, before], refused="503")


def _fill_up(file: Path) -> None:
    """Write until there is no room, as the log of another program might."""
    with file.open("wb", buffering=0) as target:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while target.write(bytes(size)):
                    pass
            except OSError:
                continue


def clock_jumps(folder: Path, answers: int) -> Report:
    """The clock jumps by days, forwards and back, while pupils send."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not found:
        fail_for_want_of("libfaketime", "sudo apt-get install faketime")
    says = folder / "clock"
    says.write_text("+0\n", "utf-8")
    place = Installation(folder)
    place.open_round()
    place.start(
        {
            "LD_PRELOAD": str(found[-1]),
            "FAKETIME_TIMESTAMP_FILE": str(says),
            # It reads the file at each look at the clock. With this library an answer costs some ten
            # times as much; reading once a second changes little, and short runs would miss jumps.
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }
    )
    with Crowd(PATH, range(answers), lambda: place.port) as crowd:
        for number, jump in enumerate(JUMPS, start=1):
            crowd.wait_for(answers * number // (len(JUMPS) + 1))
            says.write_text(f"{jump:+d}\n", "utf-8")
    return _end(place, [crowd])


def database_read_only(folder: Path, answers: int) -> Report:
    """Nobody may write to the database for a while: pupils read that it must wait. Needs root."""
    place = Installation(folder)
    place.open_round()
    place.start()
    before = Crowd(PATH, range(answers // 3), lambda: place.port)
    with before:
        pass
    files = [place.data / f"survey.sqlite{end}" for end in ("", "-wal")]
    with ExitStack() as stack:
        stack.enter_context(_immutable(files))
        crowd = Crowd(PATH, range(answers // 3, answers), lambda: place.port)
        with crowd:
            crowd.wait_until(lambda: crowd.statuses["503"] > REFUSALS)
            stack.close()
    return _end(place, [crowd, before], refused="503")


@contextmanager
def _immutable(files: Sequence[Path]) -> Iterator[None]:
    """Keep everybody from writing to files, also those who have them open (ext4, XFS, Btrfs)."""
    subprocess.run(["chattr", "+i", *files], check=True)
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *files], check=True)


def two_servers(folder: Path, answers: int) -> Report:
    """Two servers on one SQLite file, which nobody should do; one of them is killed."""
    place, other = Installation(folder), Installation(folder)
    place.open_round()
    place.start()
    other.start()
    ports = [place.port, other.port]
    turns = iter(range(10**9))
    with Crowd(PATH, range(answers), lambda: ports[next(turns) % len(ports)]) as crowd:
        crowd.wait_for(answers // 2)
        other.kill()
        ports.pop()
    return _end(place, [crowd])


def _end(place: Installation, crowds: Sequence[Crowd], *, refused: str = "") -> Report:
    """Stop, and compare what is stored with what was said yes to."""
    place.stop()
    taken = [text for each in crowds for text in each.taken]
    statuses = {key: sum(c.statuses[key] for c in crowds) for c in crowds for key in c.statuses}
    stored = place.stored()
    compared = lost_and_doubled(taken, stored)
    ails = place.ails()
    is_refused = not refused or (statuses.get(refused, 0) > 0 and _is_calm(crowds[0].refusal))
    is_sound = not any(compared.values()) and len(stored) == len(taken)
    return {
        "sent": len(taken),
        "stored": len(stored),
        **{name: found[:5] for name, found in compared.items()},
        "statuses": statuses,
        "ails": ails,
        "is_right": is_sound and is_refused and not ails and "500" not in statuses,
    }


def _is_calm(page: str) -> bool:
    """Tell whether a refusal is a page for people, without a trace of the program."""
    return "<h1" in page and "Traceback" not in page and "sqlite" not in page.lower()


class Database:
    """A PostgreSQL that writes to the disk as in production, and can be killed."""

    def __init__(self, server: Postgresql) -> None:
        self._server = server
        self.url = server.new_database()

    def kill(self) -> None:
        """End all of it at once, as a power cut does."""
        number = int((self._server.folder / "postmaster.pid").read_text("utf-8").split()[0])
        os.kill(number, signal.SIGKILL)
        wait_for(lambda: not Path(f"/proc/{number}").exists())

    def start(self) -> None:
        """Start it again; the processes that it left must be gone first."""
        wait_for(self._has_started)

    def _has_started(self) -> bool:
        try:
            self._server.start()
            psycopg.connect(self._server.url("postgres")).close()
        except (AssertionError, psycopg.OperationalError):
            return False
        return True


@contextmanager
def _on_postgresql(folder: Path) -> Iterator[tuple[Installation, Database]]:
    with running_postgresql("-c fsync=on") as server:
        database = Database(server)
        yield Installation(folder, environment={"DATABASE_URL": database.url}), database


SCENARIOS: dict[str, Callable[[Path, int], Report]] = {
    each.__name__.replace("_", "-"): each
    for each in (
        server_killed,
        server_killed_on_postgresql,
        postgresql_killed,
        returns_with_server_killed,
        returns_with_postgresql_killed,
        disk_full,
        clock_jumps,
        database_read_only,
        two_servers,
    )
}
