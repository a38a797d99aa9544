"""Time the returns' pages against the number of pupils, beside a bare page, in one run.

    python -m tests.benchmarks.returns [--pupils 1250,5000] [--months 24] [--data DIR]

Prints JSON: for each size the milliseconds of a page at the server (the median of five), of importing
the register and of completing a return, and the peak of memory that the export adds, in MB. 20,000
pupils with 24 months are 480,000 returns, which takes some minutes: ask for them with `--pupils`.
A city of `--data` is kept there, and measured again without being filled. `DATABASE_URL` is obeyed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select

from forms.workbook import Workbook, sheet_of
from survey_app import create_app
from survey_app.actions import accounts, exporting, instruments, responses, rounds
from survey_app.actions.calendar import today
from survey_app.actions.register import importing
from survey_app.actions.register.periods import period_of
from survey_app.actions.returns import counting
from survey_app.actions.returns.expecting import DUE_DAYS
from survey_app.audience import Role
from survey_app.settings import load
from survey_app.store.database import db, writing
from survey_app.store.models import Round, RoundState
from survey_app.store.register import Placement
from survey_app.store.returns import AuditEntry, UnitReturn

SIZES, MONTHS = "1250,5000", 24
OF_A_TEAM = 40  # pupils
RUNS, HOLIDAY = 5, 7
AT_A_TIME = 20_000
NAME = "narvaro"
FIGURES = {
    "narvaro_uppgift": "ja", "schema_min": "4800", "giltig_min": "240", "ogiltig_min": "480",
    "narvaro_kalla": "system", "system": "stadens", "sen_regel": "minuter",
    "avrundning": "minut", "narvaro_tillit": "ok",
}  # fmt: skip
PASSWORD, STEPS = "four-words-on-paper", ("aktualiserad", "erbjuden", "samtycke", "inskriven")
MEMBERS = {"t": "t0", "u": "t1", "v": "t2", "w": "t3"}  # account -> team
Row = dict[str, str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", default=SIZES)
    parser.add_argument("--months", type=int, default=MONTHS)
    parser.add_argument("--data", type=Path, help="one size: where its city is, or is to be kept")
    parser.add_argument("--export", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("SURVEY_APP_SECOND_FACTOR", "off")  # a password is enough here
    if given.export:
        print(json.dumps(export(given.export)))
        return
    sizes = [int(each) for each in given.pupils.split(",")]
    print(json.dumps([measured(each, given.months, given.data) for each in sizes], indent=2))


def measured(pupils: int, months: int, kept: Path | None = None) -> dict[str, Any]:
    """Fill a city of a size, unless it is there, and time what is done in it."""
    with tempfile.TemporaryDirectory(prefix="returns-") as folder:
        data = kept or Path(folder) / "data"
        is_there = data.exists()
        app = create_app(load(data, is_testing=True))
        try:
            with app.app_context():
                filling = {} if is_there else filled(pupils, months)
            figures = dict(_pages(app))
        finally:
            responses.close(app)
        size = {"pupils": pupils, "months": months, "returns": pupils * months}
        return {**size, **filling, "ms": figures, "export": _exported(data)}


def filled(pupils: int, months: int) -> dict[str, float]:
    """Fill the register and so many rounds; give the seconds. Needs an app context."""
    import_s = _seconds(lambda: _import(pupils))
    fill_s = _seconds(lambda: _report(months))
    return {"import_register_s": round(import_s, 1), "fill_s": round(fill_s, 1)}


def city(pupils: int) -> Workbook:
    """Write the register of a city: one district, and a team and a school for each 40 pupils."""
    groups = range(-(-pupils // OF_A_TEAM))
    start, enrolled = "2018-08-01", "2024-08-20"
    codes = [f"P{number:05}" for number in range(pupils)]
    valid = {"gäller_från": start}
    sheets: Mapping[str, Sequence[Row]] = {
        "stadsdelar": [{"kod": "d1", "namn": "Järva", **valid}],
        "skolor": [{"kod": f"s{n}", "namn": f"Skola {n}", "huvudman": "kommunal",
                    "stadsdel": "d1", **valid} for n in groups],
        "team": [{"kod": f"t{n}", "namn": f"Team {n}", "typ": "mobilt", **valid} for n in groups],
        "teamets_skolor": [{"team": f"t{n}", "skola": f"s{n}", **valid} for n in groups],
        "tjänster": [{"team": team, "tjänst": "kurator", "yrke": "kurator", "andel": "1",
                      "konto": f"{name}@demo.example", **valid}
                     for name, team in MEMBERS.items() if int(team[1:]) in groups],
        "elever": [{"elev": code, "kön": "flicka", "födelseår": "2012"} for code in codes],
        "placeringar": [{"elev": code, "gäller_från": enrolled, "skola": f"s{n // OF_A_TEAM}",
                         "team": f"t{n // OF_A_TEAM}"} for n, code in enumerate(codes)],
        "vägen": [{"elev": code, "nummer": str(n), "steg": step, "dag": enrolled}
                  for code in codes for n, step in enumerate(STEPS, start=1)],
    }  # fmt: skip
    return Workbook(tuple(sheet_of(name, rows) for name, rows in sheets.items()))


def _import(pupils: int) -> None:
    for name in ("c", *MEMBERS):
        role = Role.TEAM_MEMBER if name in MEMBERS else Role.COORDINATOR
        accounts.create(f"{name}@demo.example", [role], PASSWORD)
    importing.carry_out(city(pupils), "c@demo.example")


def months_before(day: date, count: int) -> list[str]:
    """Give the keys of so many months that are over, the newest first."""
    found: list[str] = []
    while len(found) < count:
        day = day.replace(day=1) - timedelta(days=1)
        if day.month != HOLIDAY:
            found.append(f"{day:%Y-%m}")
    return found


def _report(months: int) -> None:
    """Open a round of each month and put in all its returns; the newest month lacks one in ten."""
    version = instruments.newest_version(NAME)
    pupils = list(db.session.scalars(select(Placement.pupil).order_by(Placement.pupil)))
    for place, key in enumerate(months_before(today(), months)):
        made = rounds.create(f"{NAME}-{key}", version)
        with writing():
            found = rounds.find(made.name)
            found.state = RoundState.OPEN if place < 2 else RoundState.CLOSED
            found.due = period_of(key).last + timedelta(days=DUE_DAYS)
        rows = [_row(found, code) for n, code in enumerate(pupils) if place or n % 10]
        for start in range(0, len(rows), AT_A_TIME):
            with writing():
                db.session.execute(insert(UnitReturn), rows[start : start + AT_A_TIME])
        _note(found, [str(row["unit"]) for row in rows])


def _row(of: Round, code: str) -> dict[str, object]:
    return {
        "round_id": of.id, "version_id": of.version_id, "mode": of.mode, "unit_kind": "pupil",
        "unit": code, "state": "submitted", "revision": 1, "answers": FIGURES,
        "asked": sorted(FIGURES), "confirmed": {}, "saved_by": "t@demo.example",
        "saved_at": datetime.now(UTC),
    }  # fmt: skip


def _note(of: Round, codes: Sequence[str]) -> None:
    """Put on record that each was handed in, as saving does; the hashes are only as long as real."""
    first = (db.session.scalar(select(func.max(AuditEntry.number))) or 0) + 1
    with writing():
        rows = [
            {
                "number": number, "at": f"{of.due}T08:00:00+00:00", "actor": "t@demo.example",
                "action": "return.submit", "subject": f"return:{of.name}/pupil/{code}",
                "details": "{}", "hash": f"{number:064}",
            }
            for number, code in enumerate(codes, start=first)
        ]  # fmt: skip
        db.session.execute(insert(AuditEntry), rows)


def _pages(app: Flask) -> Iterator[tuple[str, float]]:
    newest = f"{NAME}-{months_before(today(), 1)[0]}"
    team, coordinator = (browser(app, f"{name}@demo.example") for name in "tc")
    yield "floor", _median(lambda: _get(team, "/healthz"))
    yield "team_list", _median(lambda: _get(team, "/returns/"))
    yield "team_month", _median(lambda: _get(team, f"/returns/{newest}/"))
    yield "team_return", _median(lambda: _get(team, f"/returns/{newest}/pupil/P00010"))
    yield "complete_return", _complete(team, f"/returns/{newest}/pupil/{_still_to_come(app)}")
    yield "followup", _median(lambda: _get(coordinator, "/followup/"))
    yield "followup_anew", _median(lambda: _count_anew(app, coordinator))
    yield "followup_all_rounds", _median(lambda: _get(coordinator, "/followup/?all"))
    yield "followup_late", _median(lambda: _get(coordinator, "/followup/late"))
    yield "followup_team", _median(lambda: _get(coordinator, f"/followup/{newest}/t3/"))
    yield "register", _median(lambda: _get(coordinator, "/register/"))
    yield "rounds", _median(lambda: _get(coordinator, "/rounds/"))


def _still_to_come(app: Flask) -> str:
    """Choose a pupil of the team about whom nothing has come in the newest month."""
    with app.app_context():
        newest = select(func.min(Round.id)).scalar_subquery()
        done = select(UnitReturn.unit).where(UnitReturn.round_id == newest)
        its = select(Placement.pupil).where(Placement.team == "t0", Placement.pupil.not_in(done))
        return str(db.session.scalars(its.order_by(Placement.pupil)).first())


def browser(app: Flask, email: str) -> FlaskClient:
    """Log somebody in."""
    client = app.test_client()
    client.post("/login", data={"email": email, "password": PASSWORD, "csrf_token": token(client)})
    return client


def token(client: FlaskClient, address: str = "/login") -> str:
    """Read a page's form token."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address).text)
    assert found, address
    return found[1]


def _get(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)


def _count_anew(app: Flask, client: FlaskClient) -> None:
    """Show the follow-up as after a change of the register: no round's numbers are known."""
    app.extensions.pop(counting.KEPT, None)
    _get(client, "/followup/")


def _complete(client: FlaskClient, address: str) -> float:
    """Hand one return in; the page that is shown before is not counted."""
    fields = {"csrf_token": token(client, address), "_revision": "0", "_do": "submit", **FIGURES}
    sure = {f"_why:{name}": "kontrollerat" for name in ("schema_min", "giltig_min", "ogiltig_min")}
    begun = time.perf_counter()
    answer = client.post(address, data={**fields, **sure})
    assert answer.status_code == HTTPStatus.SEE_OTHER, answer.text
    return _ms(time.perf_counter() - begun)


def _exported(data: Path) -> dict[str, float]:
    """Export in a process of its own, and say how long it took and what memory it added."""
    script = Path(data, "export.csv")
    command = [sys.executable, "-m", "tests.benchmarks.returns", "--export", str(script)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def export(file: Path) -> dict[str, float]:
    """Write all returns as CSV beside the database, in this process alone."""
    app = create_app(load(file.parent, is_testing=True))
    with app.app_context():
        before, begun = _now_mb(), time.perf_counter()
        count = exporting.write_instrument(NAME, "csv", file)
        seconds = time.perf_counter() - begun
    responses.close(app)
    return {
        "rows": count,
        "s": round(seconds, 1),
        "rows_per_s": round(count / seconds),
        "added_peak_mb": round(_peak_mb() - before, 1),
        "peak_mb": round(_peak_mb(), 1),
    }


def _peak_mb() -> float:
    # Not `ru_maxrss`, which begins with the peak of the process that started this one.
    return _memory("VmHWM")


def _now_mb() -> float:
    return _memory("VmRSS")


def _memory(name: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split(f"{name}:")[1].split()[0]) / 1024


def _median(work: Callable[[], object]) -> float:
    work()
    return _ms(statistics.median(_seconds(work) for _ in range(RUNS)))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


if __name__ == "__main__":
    main()
