"""Time opening a page of results over many responses, while others go on answering.

    python -m tests.benchmarks.results [--responses 100000] [--data DIR]

Fills a closed round of a questionnaire with 75 columns (60 items in ten areas, 10 numbers, 5 texts).
Prints JSON: the seconds of the first opening (and of the processor alone), the milliseconds of later
ones, the median of five; the same after a restart; how long answers to another round took
meanwhile, the slowest of them; and beside them `floor_s`, reading all answers from the database and taking the JSON apart, in the same
run. Data of `--data` is kept there, and measured again without being filled.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Self

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, insert, text

from survey_app import create_app
from survey_app.actions import accounts, responses, rounds
from survey_app.audience import Role
from survey_app.cli.serving import settle
from survey_app.settings import FactorDuty, load
from survey_app.store.database import db, writing
from survey_app.store.models import Response
from survey_app.store.released import ReleasedResult
from tests.factories import make_version
from tests.survey_app.conftest import PASSWORD, token

ITEMS, AREAS, NUMBERS, TEXTS, AT_A_TIME, RUNS = 60, 10, 10, 5, 5_000, 5
CODES = ("4", "3", "2", "1", "DK", "REF", None)
BOSS, MANY, OTHER = "boss@demo.example", "many", "other"
PAGE = f"/results/enkat/{MANY}/"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, default=100_000)
    parser.add_argument("--data", type=Path, help="where they are, or are to be kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="results-") as folder:
        data = given.data or Path(folder) / "data"
        is_there = data.exists()
        figures: dict[str, float] = {}
        for name in ("", "after_restart_"):
            settings = replace(load(data, is_testing=True), second_factor=FactorDuty.OFF)
            app = create_app(settings)
            settle()  # as `serve` does
            try:
                if not is_there and not name:
                    with app.app_context():
                        fill(given.responses)
                figures |= {f"{name}{key}": n for key, n in measured(app, is_first=not name)}
            finally:
                responses.close(app)
    print(json.dumps({"responses": given.responses, **figures}, indent=2))


def fill(number: int) -> None:
    """Put in a closed round and an open one."""
    accounts.create(BOSS, [Role.COORDINATOR], PASSWORD)
    version = make_version(questionnaire())
    for name in (MANY, OTHER):
        rounds.create(name, version, title={"sv": name})
        rounds.open_round(name)
    found = rounds.find(MANY)
    fixed = {"round_id": found.id, "version_id": found.version_id, "district": None}
    for first in range(0, number, AT_A_TIME):
        rows = [
            {"id": str(uuid.uuid4()), **fixed, **said(row)}
            for row in range(first, min(first + AT_A_TIME, number))
        ]
        with writing():
            db.session.execute(insert(Response), rows)
    rounds.close_round(MANY)


def questionnaire() -> str:
    """Write the questionnaire as a table."""
    items = [f"| select_one s | i{n} | Fråga {n} | A{n % AREAS} |" for n in range(ITEMS)]
    others = [f"| integer | n{n} | Tal {n} | |" for n in range(NUMBERS)]
    others += [f"| text | t{n} | Text {n} | |" for n in range(TEXTS)]
    choices = [f"| s | {code} | Svar {code} | {'yes' if len(code) > 1 else ''} |"
               for code in CODES if code]  # fmt: skip
    return "\n".join(
        [
            "survey", "| type | name | label | sa_dimension |", *items, *others,
            "choices", "| list_name | name | label | sa_missing |", *choices,
            "settings", "| form_id | form_title | default_language |",
            "| many | Många frågor | Svenska (sv) |",
        ]
    )  # fmt: skip


def said(row: int) -> dict[str, object]:
    """Make up a response; seven codes that come in many combinations."""
    values = {f"i{n}": CODES[(row * (n + 3) // 7 + n) % len(CODES)] for n in range(ITEMS)}
    values |= {f"n{n}": str((row + n) % 1000) for n in range(NUMBERS)}
    values |= {f"t{n}": f"svar å {row % 97}" for n in range(TEXTS)}
    return {"answers": {k: v for k, v in values.items() if v}, "asked": sorted(values)}


def measured(app: Flask, *, is_first: bool) -> Iterator[tuple[str, float]]:
    """Yield what was measured."""
    client = app.test_client()
    data = {"email": BOSS, "password": PASSWORD, "csrf_token": token(client)}
    client.post("/login", data=data)
    if is_first:
        with app.app_context():
            with writing():
                db.session.execute(delete(ReleasedResult))
            yield "floor_s", round(least(), 2)
    with Answering(app) as others:
        used = time.thread_time()
        yield "first_s", round(seconds_of(client), 2)
        yield "first_processor_s", round(time.thread_time() - used, 2)
    yield "slowest_answer_meanwhile_ms", round(1000 * max(others.took, default=0))
    yield "answers_meanwhile", len(others.took)
    later = [seconds_of(client) for _ in range(RUNS)]
    yield "later_ms", round(1000 * statistics.median(later))


def seconds_of(client: FlaskClient) -> float:
    """Open the page."""
    begun = time.perf_counter()
    page = client.get(PAGE)
    assert page.status_code == 200, page.text
    return time.perf_counter() - begun


def least() -> float:
    """Read all answers, and take them apart."""
    begun = time.perf_counter()
    for answers, _asked in db.session.execute(text("SELECT answers, asked FROM response")):
        json.loads(answers)
    return time.perf_counter() - begun


class Answering:
    """Somebody who answers the other round, one answer after the other, until told to stop."""

    def __init__(self, app: Flask) -> None:
        self.took: list[float] = []
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._answer, args=(app.test_client(),))

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop."""
        self._is_over.set()
        self._thread.join()

    def _answer(self, client: FlaskClient) -> None:
        while not self._is_over.is_set():
            sent = {"response_id": str(uuid.uuid4()), "i0": "4", "i1": "2"}
            begun = time.perf_counter()
            assert client.post(f"/e/{OTHER}", data=sent).status_code == 303
            self.took.append(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
