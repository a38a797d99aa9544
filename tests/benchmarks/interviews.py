"""Time the coders' pages with many long interviews, beside a bare page, in one run.

    python -m tests.benchmarks.interviews [--interviews 1000] [--data DIR]

Each interview has a transcript of ten pages (25,000 letters) and twenty coded passages; a fifth of
their paragraphs is coded twice. Prints JSON: the milliseconds of each page at the server, the median
of five; `floor` is a page with nothing in it (the healthcheck), `first` what is worked out and then
kept. Data of `--data` is kept there, and measured again without being filled.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from survey_app import create_app
from survey_app.actions import accounts, extracts, instruments, responses, rounds
from survey_app.actions.coding import doubling, schemes
from survey_app.actions.coding.doubling import Plan
from survey_app.actions.coding.schemes import Wording
from survey_app.audience import Role
from survey_app.settings import FactorDuty, load
from survey_app.store.coding import CodedInterview, Segment, SegmentCode
from survey_app.store.database import db, writing
from survey_app.store.doubling import DoubleCode, DoubleCoding, DoubleUnit, UnitKind
from survey_app.store.interviews import TRANSCRIPT, Interview, InterviewCase, InterviewText

INTERVIEWS, RUNS, AT_A_TIME = 1_000, 5, 5_000
SENTENCES, PASSAGES, CODES, SHARE = 400, 20, 30, 20
ROUND, GUIDE, PASSWORD = "many", "intervju_elev", "four-words-on-paper"
CODER, SECOND, BOSS = (f"{name}@demo.example" for name in ("coder", "second", "boss"))
WORDS = ("skolan", "rasten", "läraren", "hemma", "morgonen", "vi", "gick", "kom", "sa", "ibland",
         "matten", "kompisen", "jag", "tänkte", "mötet", "bättre", "alltid", "trött")  # fmt: skip
RARE = "fågelholk"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=INTERVIEWS)
    parser.add_argument("--data", type=Path, help="where they are, or are to be kept")
    given = parser.parse_args()
    os.environ.setdefault("SURVEY_APP_SECOND_FACTOR", "off")  # a password is enough here
    with tempfile.TemporaryDirectory(prefix="interviews-") as folder:
        data = given.data or Path(folder) / "data"
        is_there = data.exists()
        settings = replace(load(data, is_testing=True), second_factor=FactorDuty.OFF)
        app = create_app(settings)
        try:
            if not is_there:
                with app.app_context():
                    fill(given.interviews)
            figures = dict(measured(app))
        finally:
            responses.close(app)
    print(json.dumps({"interviews": given.interviews, "ms": figures}, indent=2))


def fill(number: int) -> None:
    """Put in interviews, their transcripts, codes, and a second coder's codes."""
    for email, role in ((CODER, Role.CODER), (SECOND, Role.CODER), (BOSS, Role.COORDINATOR)):
        accounts.create(email, [role], PASSWORD)
    version_id = instruments.newest_version(GUIDE).id
    rounds.create(ROUND, instruments.newest_version(GUIDE), title={"sv": "Många"})
    rounds.open_round(ROUND)
    schemes.use(rounds.find(ROUND), schemes.begin("Koder", CODER))
    scheme = schemes.needed_by(rounds.find(ROUND))
    codes = [schemes.add(scheme, Wording(f"kod{at}", f"Kod {at}"), CODER) for at in range(CODES)]
    round_id, chance = rounds.find(ROUND).id, Random(1)
    with writing():
        for at in range(1, number + 1):
            db.session.execute(insert(InterviewCase), [_case(at, round_id)])
            db.session.execute(insert(Interview), [_interview(at, round_id, version_id)])
            said = _said(chance, at)
            own = {"id": at, "case_id": at, "question": TRANSCRIPT, "number": 1, "text": said}
            db.session.execute(insert(InterviewText), [own])
            _code(chance, at, said, codes)
        now = datetime.now(UTC)
        done = [{"case_id": at, "by": CODER, "at": now} for at in range(1, number + 1)]
        db.session.execute(insert(CodedInterview), done)
    _double(chance, codes)


def _case(at: int, round_id: int) -> dict[str, Any]:
    gender, years = "flicka" if at % 2 else "pojke", "7-9" if at % 3 else "4-6"
    return {"id": at, "round_id": round_id, "mode": "interview", "code": f"E-{at:05}",
            "role": "elev", "state": "done", "group": "", "gender": gender, "year_group": years,
            "district": None, "has_interpreter": False}  # fmt: skip


def _interview(at: int, round_id: int, version_id: int) -> dict[str, Any]:
    return {"case_id": at, "round_id": round_id, "version_id": version_id, "mode": "interview",
            "revision": 1, "is_done": True, "answers": {}, "asked": [],
            "saved_at": datetime(2026, 9, 1, tzinfo=UTC), "saved_by": BOSS}  # fmt: skip


def _said(chance: Random, at: int) -> str:
    sentences = [" ".join(chance.choices(WORDS, k=10)).capitalize() + "." for _ in range(SENTENCES)]
    if at % 200 == 0:
        sentences[100] = f"Det satt en {RARE} där."
    return "\n".join(" ".join(sentences[n : n + 8]) for n in range(0, SENTENCES, 8))


def _code(chance: Random, at: int, said: str, codes: list[int]) -> None:
    starts = sorted(chance.sample(range(0, len(said) - 100, 120), PASSAGES))
    now = datetime.now(UTC)
    first = (at - 1) * PASSAGES + 1
    rows = [
        {"id": first + n, "text_id": at, "start": start, "stop": start + 80, "coder": CODER,
         "coded_at": now, "valence": "", "memo": ""}
        for n, start in enumerate(starts)
    ]  # fmt: skip
    given = [{"segment_id": row["id"], "code_id": chance.choice(codes)} for row in rows]
    db.session.execute(insert(Segment), rows)
    db.session.execute(insert(SegmentCode), given)


def _double(chance: Random, codes: list[int]) -> None:
    of = rounds.find(ROUND)
    made = doubling.begin(of, Plan(UnitKind.PARAGRAPH, SHARE, SECOND, seed=1), CODER)
    units = doubling.units_of(doubling.find(of, made))
    given = [
        {"unit_id": unit.id, "code_id": code, "is_second": True}
        for unit in units
        for code in {c for c in unit.codes(of_second=False) if chance.random() < 0.85}
        | ({chance.choice(codes)} if chance.random() < 0.05 else set())
    ]
    with writing():
        for start in range(0, len(given), AT_A_TIME):
            db.session.execute(insert(DoubleCode), given[start : start + AT_A_TIME])
        db.session.query(DoubleUnit).update({"is_coded": True})
        db.session.query(DoubleCoding).update({"finished_at": datetime.now(UTC)})


def measured(app: Flask) -> Iterator[tuple[str, float]]:
    """Time each page at the server."""
    coder, boss = (_browser(app, email) for email in (CODER, BOSS))
    desk = f"/coding/{ROUND}/cases/E-00007/"
    yield "floor", _median(lambda: _get(coder, "/healthz"))
    yield "list", _median(lambda: _get(coder, f"/coding/{ROUND}/"))
    yield "open", _median(lambda: _get(coder, desk))
    starts = iter(range(0, 1_000, 7))
    yield "code", _median(lambda: _give(coder, desk, next(starts)))
    yield "search_rare", _median(lambda: _get(coder, f"/coding/{ROUND}/search?q={RARE}"))
    yield "search_missing", _median(lambda: _get(coder, f"/coding/{ROUND}/search?q=finns+inte"))
    yield "search_common", _median(lambda: _get(coder, f"/coding/{ROUND}/search?q=rasten"))
    yield "double_list", _median(lambda: _get(coder, f"/coding/{ROUND}/double"))
    result = f"/coding/{ROUND}/double/1/result"
    yield "agreement_first", _median(lambda: _get(coder, result), 1)
    yield "agreement", _median(lambda: _get(coder, result))
    mentioned = f"/results/interviews/{ROUND}/"
    yield "mentioned_first", _median(lambda: _get(boss, mentioned), 1)
    yield "mentioned", _median(lambda: _get(boss, mentioned))
    with app.test_request_context(), tempfile.TemporaryFile() as file:
        of = rounds.find(ROUND)
        yield "export_qdpx", _median(lambda: extracts.take_round(of, "qdpx", file, "x"), 1)


def _browser(app: Flask, email: str) -> FlaskClient:
    client = app.test_client()
    client.post("/login", data={"email": email, "password": PASSWORD, "csrf_token": _token(client)})
    return client


def _token(client: FlaskClient, address: str = "/login") -> str:
    page = client.get(address).get_data(as_text=True)
    return page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def _get(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def _give(client: FlaskClient, desk: str, start: int) -> None:
    token = _KEPT.setdefault(desk, _token(client, desk)) if desk not in _KEPT else _KEPT[desk]
    data = {"csrf_token": token, "act": "add", "codes": "1", "text": "7", "start": str(start),
            "stop": str(start + 40)}  # fmt: skip
    assert client.post(desk, data=data).status_code == 302


_KEPT: dict[str, str] = {}


def _median(act: Callable[[], object], runs: int = RUNS) -> float:
    taken = []
    for _ in range(runs):
        before = time.perf_counter()
        act()
        taken.append((time.perf_counter() - before) * 1000)
    return round(statistics.median(taken), 1)


if __name__ == "__main__":
    main()
