"""Weigh the enkät's first load, and time its posts beside the floor, in one run.

    python -m tests.benchmarks.enkat [--posts N] [--concurrency C] [--slow S]

Prints JSON. The seconds are this machine's; the ratio travels.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from forms.answers import answer
from forms.compile import instrument_of
from forms.instrument import Instrument
from forms.library import load
from tests.benchmarks.load import drive, post_request
from tests.tools.counting import count_responses

PROGRAM = Path(sys.executable).with_name("survey-app")


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        result = _measure(Path(folder), arguments)
    print(json.dumps(result, indent=2))


def _measure(folder: Path, arguments: argparse.Namespace) -> dict[str, object]:
    posts, concurrency, slow = arguments.posts, arguments.concurrency, arguments.slow
    with product(folder / "data") as server:
        weight = page_weight(f"http://127.0.0.1:{server.port}/e/benchmark")
        ours = _posts(server, "/e/benchmark", posts, concurrency, slow)
        stored = count_responses(folder / "data", "benchmark")
    with floor(folder / "floor.db") as server:
        bare = _posts(server, "/", posts, concurrency, slow)
    ratio = float(ours["per_second"]) / float(bare["per_second"])  # type: ignore[arg-type]
    return {
        "first_load": weight,
        "concurrency": concurrency,
        "slow_clients": slow,
        "enkat": ours,
        "stored": stored,
        "floor": bare,
        "ratio_to_floor": round(ratio, 2),
    }


def page_weight(address: str) -> dict[str, object]:
    """Load a page in an empty browser and add up what came over the wire, headers included."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy, and only here

    from tests.tools.browser import LAUNCH_ARGUMENTS, find_chromium  # noqa: PLC0415

    sizes: dict[str, int] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=list(LAUNCH_ARGUMENTS)
        )
        page = browser.new_page()
        client = page.context.new_cdp_session(page)
        names: dict[str, str] = {}
        client.on(
            "Network.requestWillBeSent",
            lambda e: names.update({e["requestId"]: e["request"]["url"]}),
        )
        client.on(
            "Network.loadingFinished",
            lambda e: sizes.update({names[e["requestId"]]: int(e["encodedDataLength"])}),
        )
        client.send("Network.enable")
        page.goto(address, wait_until="networkidle")
        browser.close()
    by_path = {url.split("/", 3)[-1].split("?")[0]: size for url, size in sizes.items()}
    return {"bytes": sum(sizes.values()), "requests": len(sizes), "parts": by_path}


def made_up_answers(instrument: Instrument, chance: Random) -> dict[str, list[str]]:
    """Answer every question by chance, as a pupil's browser would post it."""
    drawn = {
        name: chance.choice(question.choices).name
        for name, question in instrument.questions.items()
        if question.choices
    }
    kept = answer(instrument, drawn, today=date.today()).answers.values  # noqa: DTZ011 - any day
    return {name: value.split() for name, value in kept.items()}


def _posts(server: Server, path: str, count: int, concurrency: int, slow: int) -> dict[str, object]:
    chance = Random(1)
    instrument = instrument_of(load("elevenkat"))
    host = f"127.0.0.1:{server.port}"
    requests = []
    for _ in range(count):
        answers = made_up_answers(instrument, chance)
        answers["response_id"] = [str(UUID(int=chance.getrandbits(128), version=4))]
        requests.append(post_request(path, urlencode(answers, doseq=True), host=host))
    drive(server.port, requests[: count // 10], concurrency=concurrency)  # warm up
    before = server.cpu_seconds
    measured = drive(server.port, requests[count // 10 :], concurrency=concurrency, slow=slow)
    spent = (server.cpu_seconds - before) / measured.requests * 1000
    return measured.to_json() | {"cpu_ms_per_request": round(spent, 3)}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and the processor time it has used: steadier than the clock."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def cpu_seconds(self) -> float:
        """Add up user and system time of the server's process (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory_mb(self) -> int:
        """Tell what the process holds in memory now (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024


@contextmanager
def product(data: Path, workbook: Path | None = None) -> Iterator[Server]:
    """Serve the product with an open round of the built-in enkät, or of a workbook; give it."""
    name = "elevenkat"
    if workbook:
        facts = _command("instrument", "publish", str(workbook), "--json", "--data", str(data))
        name = json.loads(facts)["name"]
    _command("round", "open", "benchmark", "--instrument", name, "--data", str(data))
    with served(data) as server:
        yield server


@contextmanager
def served(data: Path) -> Iterator[Server]:
    """Serve what is in a data directory; give the server."""
    port = _free_port()
    arguments = [str(PROGRAM), "serve", "--port", str(port), "--data", str(data)]
    with _running(arguments, f"http://127.0.0.1:{port}/healthz") as process:
        yield Server(port, process)


@contextmanager
def floor(path: Path) -> Iterator[Server]:
    """Serve the floor; give it."""
    port = _free_port()
    arguments = [sys.executable, "-m", "tests.benchmarks.floor", str(port), str(path)]
    with _running(arguments, f"http://127.0.0.1:{port}/") as process:
        yield Server(port, process)


@contextmanager
def _running(arguments: list[str], address: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(address)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310 - loopback
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def _command(*words: str) -> str:
    done = subprocess.run([PROGRAM, *words], check=True, capture_output=True, text=True)
    return done.stdout


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=4000)
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--slow", type=int, default=0, help="clients that send a byte a second")
    return parser.parse_args()


if __name__ == "__main__":
    main()
