"""Time the enkät as a slow tablet on a slow network shows it, beside an empty page in the same run.

    python -m tests.benchmarks.tablet [--runs N]

A processor four times slower, 1.6 Mbit/s, 150 ms latency. Prints JSON: milliseconds until the first
question stands, and until the next one does; the weight of the first load; and the same for a page
with nothing on it, which is what browser and network cost by themselves.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.enkat import page_weight, product
from tests.tools.browser import LAUNCH_ARGUMENTS, TABLET, find_chromium

SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
LIMITS = {"first_question_ms": 1500, "next_question_ms": 100, "bytes": 60 * 1024}
EMPTY = b'<!doctype html><html lang="sv"><title>.</title><p data-question>.</p></html>'

# Watches from the first moment; the time of the frame in which a question is seen.
WATCH = """(() => {
    const look = () => {
        const shown = [...document.querySelectorAll("[data-question], .promise")];
        const isThere = shown.some((it) => it.checkVisibility({ visibilityProperty: true }));
        const isReady = isThere && (!document.getElementById("logic") || document.querySelector("form.is-paged"));
        if (isReady) window.firstQuestion = performance.now();
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})()"""
NEXT = """() => new Promise((resolve) => {
    const began = performance.now();
    document.querySelector("[data-step=next]").click();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
})"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, product(Path(folder) / "data") as server:
        address = f"http://127.0.0.1:{server.port}/e/benchmark"
        weight = page_weight(address)
        with sync_playwright() as playwright, empty_page() as floor:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=list(LAUNCH_ARGUMENTS)
            )
            ours = [_visit(browser, address) for _ in range(runs)]
            bare = [_visit(browser, floor) for _ in range(runs)]
            browser.close()
    sys.stdout.write(json.dumps(_result(ours, bare, weight), indent=2) + "\n")


def _result(
    ours: list[dict[str, float]], bare: list[dict[str, float]], weight: dict[str, object]
) -> dict[str, object]:
    first = statistics.median(each["first_question_ms"] for each in ours)
    floor = statistics.median(each["first_question_ms"] for each in bare)
    following = statistics.median(each["next_question_ms"] for each in ours)
    measured = {
        "first_question_ms": round(first),
        "next_question_ms": round(following, 1),
        "bytes": weight["bytes"],
    }
    return {
        **measured,
        "empty_page_ms": round(floor),
        "limits": LIMITS,
        "is_within": all(float(str(measured[name])) <= most for name, most in LIMITS.items()),
        "parts": weight["parts"],
    }


def _visit(browser: Browser, address: str) -> dict[str, float]:
    """Open the page as if for the first time, and press Next a few times."""
    context = browser.new_context(
        viewport={"width": TABLET["width"], "height": TABLET["height"]},
        service_workers="block",
        has_touch=True,
    )
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", NETWORK)
    client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.firstQuestion !== undefined")
    first = float(page.evaluate("window.firstQuestion"))
    following = _next(page) if page.locator("[data-step=next]").count() else 0.0
    context.close()
    return {"first_question_ms": first, "next_question_ms": following}


def _next(page: Page) -> float:
    page.wait_for_timeout(500)
    return statistics.median(float(page.evaluate(NEXT)) for _ in range(5))


@contextmanager
def empty_page() -> Iterator[str]:
    """Serve a page with nothing on it; give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer with the page."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(EMPTY)))
            self.end_headers()
            self.wfile.write(EMPTY)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its shape
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    main()
