"""Answers through a network in chaos: each that a pupil sent is stored once, and no other.

    python -m tests.robustness.chaos [--answers N] [--seed N]

The network falls out, lies and dawdles at random; the server is killed and started again; tabs are
closed, and the browser is. Prints JSON; the exit status is 1 when the count is not right.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random

from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

from tests.journeys.conftest import CommandLine
from tests.journeys.tablet import outbox, wait_until_kept
from tests.journeys.tablet_questionnaire import TINY
from tests.tools.browser import LAUNCH_ARGUMENTS, find_chromium
from tests.tools.proxy import BadNetwork, Weather, bad_network
from tests.tools.server import LiveServer, serving

BAD = [each for each in Weather if each is not Weather.FINE]
SLOWEST = 0.4  # seconds before an answer of the server
LAST_TRY = 60  # seconds until everything must have arrived on a fine day
ANSWER = """(text) => {
    const about = document.querySelector("[name=about]");
    about.value = text;
    about.dispatchEvent(new Event("input", { bubbles: true }));
}"""


class Chaos:
    """One tablet, one server, and what happens between them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = Random(seed)
        self.folder = folder
        self.data = folder / "data"
        self.command_line = CommandLine(self.data)
        self.happened: Counter[str] = Counter()

    def run(self, answers: int) -> dict[str, object]:
        """Send so many answers; give what was stored."""
        self.command_line.publish(TINY, self.folder)
        name = self.command_line.open_round("tiny")
        with ExitStack() as stack:
            self.network: BadNetwork = stack.enter_context(bad_network(0))
            self.network.choose = self._weather_of
            self.url = f"{self.network.address}/e/{name}"
            self.chromium = stack.enter_context(sync_playwright()).chromium
            self._start_server()
            self._open_browser()
            stack.callback(self._shut_down)
            self.is_fine = True
            self._visit(first=True)
            for number in range(answers):
                self._one(f"answer-{number}")
            left = self._calm_down()
        texts = [row[-1] for row in self.command_line.export(name, self.folder)[1:]]
        once = [f"answer-{number}" for number in range(answers)]
        return {
            "sent": answers,
            "stored": len(texts),
            "left_on_the_tablet": left,
            "is_right": sorted(texts) == sorted(once) and not left,
            "happened": dict(self.happened),
            "requests_with_answers": self.network.posts(),
        }

    def _one(self, text: str) -> None:
        """Answer as one pupil, while things happen."""
        self.is_fine = self.chance.random() < 0.5
        self.network.delay = self.chance.choice([0, 0, 0, self.chance.random() * SLOWEST])
        self._visit()
        for _ in range(2):
            self.page.locator("[data-step=next]").click()
        self.page.locator("[data-step=next]").wait_for(state="hidden")
        self.page.evaluate(ANSWER, text)
        self.is_fine = self.chance.random() < 0.5
        self.page.locator("#sending [type=submit]").click()
        self.page.wait_for_url("**/thanks*", timeout=90_000, wait_until="commit")
        if self.chance.random() < 0.25:
            self.chance.choice(self._accidents())()

    def _accidents(self) -> list[Callable[[], None]]:
        return [self._kill_server, self._close_tab, self._close_browser, self._go_offline]

    def _weather_of(self, _method: str, _path: str) -> Weather:
        """Choose for each request anew, for a network that is bad is so in many ways."""
        weather = Weather.FINE if self.is_fine else self.chance.choice(BAD)
        self.happened[weather] += 1
        return weather

    def _visit(self, *, first: bool = False) -> None:
        """Open the questionnaire; on a bad network it comes from the tablet."""
        self.page.goto(self.url, timeout=60_000)
        self.page.locator("form.is-paged").wait_for()
        if first:
            wait_until_kept(self.page)

    def _start_server(self) -> None:
        self.server_stack = ExitStack()
        self.server: LiveServer = self.server_stack.enter_context(serving(self.data))
        self.network.target = int(self.server.address.rpartition(":")[2])

    def _kill_server(self) -> None:
        self.happened["server killed"] += 1
        os.kill(self.server.process.pid, signal.SIGKILL)
        self.server_stack.close()
        self._start_server()

    def _shut_down(self) -> None:
        self.context.close()
        self.server_stack.close()

    def _open_browser(self) -> None:
        self.context: BrowserContext = self.chromium.launch_persistent_context(
            self.folder / "profile",
            executable_path=find_chromium(),
            args=list(LAUNCH_ARGUMENTS),
        )
        self.page: Page = self.context.new_page()

    def _close_tab(self) -> None:
        self.happened["tab closed"] += 1
        self.page.close()
        self.page = self.context.new_page()

    def _close_browser(self) -> None:
        self.happened["browser closed"] += 1
        self.context.close()
        self._open_browser()

    def _go_offline(self) -> None:
        self.happened["offline"] += 1
        self.context.set_offline(True)
        self.page.wait_for_timeout(100)
        self.context.set_offline(False)

    def _calm_down(self) -> int:
        """Let the day become fine, and wait until nothing waits."""
        self.is_fine, self.network.delay = True, 0
        self._visit()
        deadline = time.monotonic() + LAST_TRY
        while (left := len(outbox(self.page))) and time.monotonic() < deadline:
            self.page.evaluate("dispatchEvent(new Event('online'))")
            self.page.wait_for_timeout(1000)
        return left


def run(answers: int, seed: int) -> dict[str, object]:
    """Run the whole in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        return Chaos(Path(folder), seed).run(answers)


def main() -> None:
    """Run, print, and fail when an answer is lost or double."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=int, default=3600, help="seconds until it gives up")
    arguments = parser.parse_args()
    faulthandler.dump_traceback_later(arguments.patience, exit=True)  # and says where it stood
    try:
        result = run(arguments.answers, arguments.seed)
    except Error as error:
        sys.exit(f"The browser gave up: {error}")
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    sys.exit(0 if result["is_right"] else 1)


if __name__ == "__main__":
    main()
