"""Start a real PostgreSQL for tests: a server of its own, on a free port, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.tools.programs import fail_for_want_of
from tests.tools.server import find_free_port

NUMBERS = count(1)
OPTIONS = (
    "-c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_wal_size=2GB"
)


@dataclass(frozen=True)
class Postgresql:
    """A running server that trusts whoever comes.

    Attributes:
        folder: Its data directory, which root can read.
    """

    programs: Path
    folder: Path
    port: int

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


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """Run one server for all tests of one test process."""
    programs = find_programs()
    top = Path(tempfile.mkdtemp(prefix="postgresql-"))
    folder, port = top / "data", find_free_port()
    if os.geteuid() == 0:
        shutil.chown(top, "postgres")
    control = programs / "pg_ctl"
    try:
        run_as_owner(
            programs / "initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-D", folder
        )
        options = f"{OPTIONS} -p {port}"
        run_as_owner(control, "-D", folder, "-w", "-l", top / "log", "-o", options, "start")
        yield Postgresql(programs, folder, port)
        run_as_owner(control, "-D", folder, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(top, ignore_errors=True)
