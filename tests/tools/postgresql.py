"""Start a real PostgreSQL for tests: a server of its own, on a free port, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.tools.programs import fail_for_want_of
from tests.tools.server import find_free_port

NUMBERS = count(1)
OPTIONS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_wal_size=2GB"


@dataclass(frozen=True)
class Postgresql:
    """A running server that trusts whoever comes.

    Attributes:
        folder: Its data directory, which root can read.
        options: What it is started with.
    """

    programs: Path
    folder: Path
    port: int
    options: str

    @property
    def control(self) -> Path:
        """Give the program that starts and stops it."""
        return self.programs / "pg_ctl"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        log = self.folder.parent / "log"
        run_as_owner(self.control, "-D", self.folder, "-w", "-l", log, "-o", self.options, "start")

    def new_database(self) -> str:
        """Make an empty database and give its address."""
        name = f"test{next(NUMBERS)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, name: str) -> str:
        """Give the address of a database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def dump(self, url: str) -> bytes:
        """Give what `pg_dump` writes of a database."""
        command: list[str | Path] = [self.programs / "pg_dump", url]
        return subprocess.run(command, check=True, capture_output=True).stdout


def find_programs() -> Path:
    """Give the folder of the newest PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        fail_for_want_of("PostgreSQL", "sudo apt-get install postgresql")
    return found[-1].parent


def run_as_owner(*command: str | Path) -> None:
    """Run a program that refuses to be root as the user that Debian made for it."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*prefix, *command], cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def running_postgresql(options: str = "-c fsync=off") -> Iterator[Postgresql]:
    """Run a server for the length of the block; by default it leaves out what only survives."""
    programs = find_programs()
    top = Path(tempfile.mkdtemp(prefix="postgresql-"))
    folder, port = top / "data", find_free_port()
    if os.geteuid() == 0:
        shutil.chown(top, "postgres")
    server = Postgresql(programs, folder, port, f"{OPTIONS} {options} -p {port}")
    try:
        run_as_owner(
            programs / "initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-D", folder
        )
        server.start()
        yield server
        run_as_owner(server.control, "-D", folder, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(top, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """Run one server for all tests of one test process."""
    with running_postgresql() as server:
        yield server
