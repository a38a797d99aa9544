"""One installation whose server falls and is started again, as a service manager would."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from forms.writing import write_workbook
from tests.forms.tables import workbook_of
from tests.journeys.tablet_questionnaire import TINY
from tests.tools.commands import Done, run_command
from tests.tools.server import LiveServer, find_free_port, serving, survey_app_command

ROUND = "crash"


class Installation:
    """A data directory, and the server that runs on it.

    Args:
        within: What the server's command line begins with, to run in another world.
        environment: What is added to the environment of every process.
    """

    def __init__(
        self,
        folder: Path,
        *,
        within: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.data = folder / "data"
        self._files = Path(tempfile.mkdtemp(dir=folder.parent))
        self.port = find_free_port()
        self.environment = {**os.environ, "SURVEY_APP_REMIND_HOUR": "off", **(environment or {})}
        self._program = [*within, *survey_app_command()]
        self._stack = ExitStack()
        self.server: LiveServer | None = None

    def run(self, *arguments: str | Path) -> str:
        """Run a command of ours and give what it prints."""
        done = self._done(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _done(self, *arguments: str | Path) -> Done:
        with patch.dict(os.environ, self.environment):
            return run_command(*arguments, "--data", self.data)

    def open_round(self) -> None:
        """Publish a questionnaire of two questions and open a round of it."""
        file = self._files / "questionnaire.xlsx"
        with file.open("wb") as target:
            write_workbook(workbook_of(TINY), target)
        self.run("instrument", "publish", file)
        self.run("round", "open", ROUND, "--instrument", "tiny")

    def start(self, environment: Mapping[str, str] | None = None) -> None:
        """Start the server where it was before."""
        self.server = self._stack.enter_context(
            serving(
                self.data,
                port=self.port,
                environment={**self.environment, **(environment or {})},
                program=self._program,
            )
        )

    def kill(self) -> None:
        """End the server as a power cut does."""
        assert self.server
        self.server.process.kill()
        self.stop()

    def stop(self) -> None:
        """End the server, and wait until it has."""
        self._stack.close()
        self.server = None

    def said(self) -> str:
        """Give all that the servers have printed."""
        log = self.data.parent / f"{self.data.name}.log"
        return log.read_text("utf-8") if log.exists() else ""

    def stored(self) -> list[str]:
        """Close the round, and give what its coded file says."""
        self.run("round", "close", ROUND)
        file = self._files / "stored.csv"
        self.run("export", ROUND, "--format", "csv", "--output", file)
        with file.open(encoding="utf-8-sig", newline="") as source:
            separator = ";" if ";" in source.readline() else ","
            source.seek(0)
            rows = list(csv.DictReader(source, delimiter=separator))
        return [row["about"] for row in rows]

    def ails(self) -> list[str]:
        """Give what `survey-app doctor` finds wrong with the database and its keys."""
        done = self._done("doctor", "--json")
        found = json.loads(done.stdout)
        return [
            each["sentence"]
            for each in found
            if each["about"] in ("database", "keys") and each["level"] == "error"
        ]


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[tuple[list[str], Path]]:
    """Put a small disk at a folder: give the words before a command that shall see it there.

    Everybody else sees the folder as it was, and the disk at the path that is given too; what is
    on it is gone at the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mount = f'mount -t tmpfs -o size={megabytes}m tmpfs "$0" && echo mounted && exec sleep infinity'
    command = ["unshare", "-rm", "sh", "-c", mount, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as keeper:
        try:
            assert keeper.stdout is not None
            assert keeper.stdout.readline() == "mounted\n"
            within = ["nsenter", "-t", str(keeper.pid), "-U", "-m", "--preserve-credentials"]
            yield within, Path(f"/proc/{keeper.pid}/root{folder}")
        finally:
            keeper.kill()


def wait_for(is_so: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until a function says yes."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)
