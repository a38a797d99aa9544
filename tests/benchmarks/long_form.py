"""Time a change of an answer in a questionnaire of 500 questions, as a slow tablet takes it.

    python -m tests.benchmarks.long_form [--questions N] [--changes N]

A processor four times slower, in real Chromium, with every question answered. Prints JSON:
milliseconds that the page's script takes for one change (relevance, validity, what is shown), and
until the next picture stands. `node tests/benchmarks/logic.mjs` times the logic alone.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from forms.workbook import SETTINGS, Workbook
from forms.writing import write_workbook
from tests.benchmarks.compiling import questionnaire
from tests.benchmarks.enkat import product
from tests.benchmarks.tablet import SLOWER
from tests.tools.browser import LAUNCH_ARGUMENTS, TABLET, find_chromium

LIMIT = 50  # ms of script per change
# Answers everything, so that every question is asked; one change settles it.
ANSWER_ALL = """() => {
    for (const input of document.querySelectorAll("[data-question] input, [data-question] textarea")) {
        if (input.type === "radio") input.checked = input.value === "1";
        else if (input.type !== "hidden") input.value = "5";
    }
    document.querySelector("[name=q4]").dispatchEvent(new Event("input", { bubbles: true }));
}"""
CHANGE = """(turn) => new Promise((resolve) => {
    const choices = [...document.querySelectorAll("[name=q4]")].filter((it) => !it.checked);
    const began = performance.now();
    choices[turn % choices.length].click();
    const script = performance.now() - began;
    requestAnimationFrame(() => setTimeout(() => resolve([script, performance.now() - began])));
})"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--changes", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "long.xlsx"
        write_workbook(_anonymous(questionnaire(arguments.questions, 2)), file)
        with product(Path(folder) / "data", file) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=list(LAUNCH_ARGUMENTS)
            )
            page = browser.new_page(viewport={"width": TABLET["width"], "height": TABLET["height"]})
            page.goto(f"http://127.0.0.1:{server.port}/e/benchmark")
            measured = _measured(page, arguments.changes)
            browser.close()
    sys.stdout.write(json.dumps({"questions": arguments.questions, **measured}, indent=2) + "\n")


def _anonymous(workbook: Workbook) -> Workbook:
    """Let anyone answer it, on the page that weighs least."""
    settings = workbook.sheet(SETTINGS)
    row = replace(settings.rows[0], cells={**settings.rows[0].cells, "sa_mode": "anonymous"})
    others = (sheet for sheet in workbook.sheets if sheet.name != SETTINGS)
    return Workbook((*others, replace(settings, rows=(row,))))


def _measured(page: Page, changes: int) -> Mapping[str, object]:
    page.locator("form.is-paged").wait_for()
    page.evaluate(ANSWER_ALL)
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times = [page.evaluate(CHANGE, turn) for turn in range(changes)]
    script, picture = (sorted(each) for each in zip(*times, strict=True))
    median = statistics.median(script)
    return {
        "script_ms": {"median": round(median, 1), "slowest": round(script[-1], 1)},
        "until_drawn_ms": {"median": round(statistics.median(picture), 1)},
        "limit_ms": LIMIT,
        "is_within": median <= LIMIT,
    }


if __name__ == "__main__":
    main()
