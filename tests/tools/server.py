"""Start our server as its users do: as a process of its own, with a folder of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tools.programs import ROOT

START_SECONDS = 300  # a demonstration fills a city, on a machine that does other things beside
STOP_SECONDS = 15


@dataclass(frozen=True)
class LiveServer:
    """A running server."""

    address: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]

    def url(self, path: str) -> str:
        """Give the whole address of a path that starts with a slash."""
        return self.address + path


def survey_app_command() -> list[str | Path]:
    """Give the command line's beginning, with the Python that runs the tests."""
    return [Path(sys.executable).parent / "survey-app"]


def log_of(data: Path) -> Path:
    """Say where what a server prints is kept."""
    return data.parent / f"{data.name}.log"


def find_free_port() -> int:
    """Give a port that nobody listened to a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_ready(address: str) -> bool:
    """Tell whether the server answers that it is ready."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310  # ours
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait_until_ready(server: LiveServer) -> None:
    """Wait for ``/healthz``; fail with the server's own words when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        if is_ready(server.address):
            return
        time.sleep(0.1)
    said = server.log.read_text(encoding="utf-8", errors="replace")
    pytest.fail(f"The server did not start (exit {server.process.poll()}). It said:\n{said}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and make it end when it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def serving(
    data: Path,
    *options: str,
    port: int | None = None,
    environment: Mapping[str, str] | None = None,
    program: Sequence[str | Path] | None = None,
) -> Iterator[LiveServer]:
    """Run ``survey-app serve`` for the length of the block.

    Args:
        data: Its folder; made when it does not exist. Reuse it to start the same server again.
        options: More options, such as ``--demo``.
        port: A free one when not given.
        environment: The process's whole environment; the tests' own when not given.
        program: Another command line of the same shape.
    """
    port = port or find_free_port()
    data.mkdir(parents=True, exist_ok=True)
    log = log_of(data)
    command = [
        *(program or survey_app_command()),
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, "--data", data, *options],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = LiveServer(f"http://127.0.0.1:{port}", data, log, process)
    try:
        wait_until_ready(server)
        yield server
    finally:
        stop(process)


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Run one server with an empty database for all tests of one test process."""
    with serving(tmp_path_factory.mktemp("live") / "data") as server:
        yield server


@pytest.fixture(scope="session")
def filled_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill the demo once for all test processes; give its folder, to be copied and left alone."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    data = shared / "filled-demo"
    with Path(shared, "filled-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            half = shared / "half-filled-demo"
            with serving(half, "--demo"):
                pass
            log_of(half).rename(log_of(data))
            half.rename(data)
    return data


@pytest.fixture(scope="session")
def demo_server(
    filled_demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """Run one server with the demo data for all tests of one test process."""
    data = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(filled_demo, data)
    with serving(data, "--demo") as server:
        yield server
