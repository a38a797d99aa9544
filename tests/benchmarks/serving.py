"""Drive a running server as a city does: posts of the enkät, returns, dashboards; at once.

    python -m tests.benchmarks.serving [--concurrency 8,32,128] [--requests N] [--pupils N]
        [--rows 1000,100000]

Prints JSON: for each number of connections the requests per second, the milliseconds (p50, p95, p99),
the statuses and the server's memory, beside bare Flask views in the same run; then posts of the enkät
with so many responses stored already. `DATABASE_URL` is obeyed.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from forms.compile import instrument_of
from forms.library import load as load_instrument
from survey_app import create_app
from survey_app.actions import instruments, responses, rounds
from survey_app.actions.calendar import today
from survey_app.settings import FactorDuty, load
from survey_app.store.database import db, writing
from survey_app.store.models import Response
from tests.benchmarks.enkat import Server, floor, made_up_answers, served
from tests.benchmarks.load import Load, drive, drive_apart, get_request, post_request
from tests.benchmarks.returns import (
    FIGURES,
    MEMBERS,
    NAME,
    OF_A_TEAM,
    browser,
    filled,
    months_before,
    token,
)

ENKAT, MONTHS, AT_A_TIME = "benchmark", 3, 20_000
SURE = dict.fromkeys(("schema_min", "giltig_min", "ogiltig_min"), "kontrollerat")
DASHBOARD, MOST_OF_A_PUPIL = "/followup/", 40


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--concurrency", default="8,32,128")
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--pupils", type=int, default=1_280)
    parser.add_argument("--rows", default="", help="responses stored before, such as 1000,1000000")
    given = parser.parse_args()
    levels = [int(each) for each in given.concurrency.split(",")]
    rows = [int(each) for each in given.rows.split(",") if each]
    with tempfile.TemporaryDirectory(prefix="serving-") as folder:
        print(
            json.dumps(measured(Path(folder), levels, given.requests, given.pupils, rows), indent=2)
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is logged in.

    Attributes:
        headers: What the browser sends with each request.
    """

    headers: Mapping[str, str]


def measured(
    folder: Path, levels: Sequence[int], requests: int, pupils: int, rows: Sequence[int]
) -> dict[str, object]:
    """Fill a city, and drive it at each level; then with more and more responses."""
    data = folder / "data"
    members, coordinator = _prepared(data, pupils)
    found: dict[str, object] = {"pupils": pupils, "floor": {}, "product": {}, "stored": {}}
    with floor(folder / "floor.db") as server:
        found["floor"] = {level: _floor(server, level, requests) for level in levels}
    with served(data) as server:
        revisions = dict.fromkeys(members, 1)
        found["product"] = {
            level: _product(server, level, requests, members, revisions, coordinator)
            for level in levels
        }
    found["stored"] = dict(_growing(data, rows, requests))
    return found


def _prepared(data: Path, pupils: int) -> tuple[dict[str, Reader], Reader]:
    """Make the city; give who reports about which pupil, and who coordinates."""
    with _app(data) as app:
        with app.app_context():
            filled(pupils, MONTHS)
            version = instruments.publish(load_instrument("elevenkat"))
            rounds.create(ENKAT, version, title={"sv": ENKAT})
            rounds.open_round(ENKAT)
        readers = {name: _reader(browser(app, f"{name}@demo.example")) for name in ("c", *MEMBERS)}
    members: dict[str, Reader] = {}
    for name, team in MEMBERS.items():
        first = int(team[1:]) * OF_A_TEAM
        its = [number for number in range(first, first + OF_A_TEAM) if number % 10]  # handed in
        members |= {f"P{number:05}": readers[name] for number in its}
    return members, readers["c"]


@contextmanager
def _app(data: Path) -> Iterator[Flask]:
    app = create_app(replace(load(data, is_testing=True), second_factor=FactorDuty.OFF))
    try:
        yield app
    finally:
        responses.close(app)


def _reader(client: FlaskClient) -> Reader:
    """Take a browser's cookies along; they are good for the browser that got them."""
    page = token(client, "/account/")
    kept = client._cookies or {}
    cookies = "; ".join(f"{each.key}={each.value}" for each in kept.values())
    agent = client.environ_base["HTTP_USER_AGENT"]
    return Reader({"Cookie": cookies, "X-CSRFToken": page, "User-Agent": agent})


def _floor(server: Server, level: int, requests: int) -> dict[str, object]:
    host = f"127.0.0.1:{server.port}"
    post = post_request("/", urlencode(FIGURES), host=host)
    page = get_request("/", host=host, headers={})
    return {
        "post": _told(server, lambda: drive(server.port, [post] * requests, concurrency=level)),
        "page": _told(server, lambda: drive(server.port, [page] * requests, concurrency=level)),
    }


def _product(
    server: Server,
    level: int,
    requests: int,
    members: Mapping[str, Reader],
    revisions: dict[str, int],
    coordinator: Reader,
) -> dict[str, object]:
    host = f"127.0.0.1:{server.port}"
    posts = _enkat_posts(requests, host, seed=level)
    saves = [
        _saves(
            code, members[code], revisions, max(1, min(MOST_OF_A_PUPIL, requests // level)), host
        )
        for code in list(members)[:level]
    ]
    newest = f"{NAME}-{months_before(today(), 1)[0]}"
    sheet, member = f"/returns/{newest}/teams/t0/", next(iter(members.values()))
    looks = [
        get_request(DASHBOARD, host=host, headers=coordinator.headers),
        get_request(sheet, host=host, headers=member.headers),
    ] * (requests // 10)
    return {
        "enkat": _told(server, lambda: drive(server.port, posts, concurrency=level)),
        "returns": _told(server, lambda: drive_apart(server.port, saves)),
        "dashboards": _told(server, lambda: drive(server.port, looks, concurrency=level)),
    }


def _enkat_posts(requests: int, host: str, seed: int) -> list[bytes]:
    chance, made = Random(seed), []
    instrument = instrument_of(load_instrument("elevenkat"))
    for _ in range(requests):
        answers = made_up_answers(instrument, chance)
        answers["response_id"] = [str(uuid.UUID(int=chance.getrandbits(128), version=4))]
        made.append(post_request(f"/e/{ENKAT}", urlencode(answers, doseq=True), host=host))
    return made


def _saves(
    code: str, reader: Reader, revisions: dict[str, int], count: int, host: str
) -> list[bytes]:
    """Correct one pupil's return again and again, as the page's script sends it."""
    newest = f"{NAME}-{months_before(today(), 1)[0]}"
    headers = {**reader.headers, "Content-Type": "application/json"}
    made = []
    for _ in range(count):
        body = {
            "revision": revisions[code],
            "typed": {**FIGURES, "ogiltig_min": str(480 + revisions[code] % 2)},
            "confirmed": SURE,
            "action": "submit",
            "reason": "Rättat",
        }
        revisions[code] += 1
        path = f"/returns/{newest}/pupil/{code}"
        made.append(post_request(path, json.dumps(body), host=host, headers=headers))
    return made


def _growing(data: Path, rows: Sequence[int], requests: int) -> Iterator[tuple[int, object]]:
    """Post with so many responses stored already."""
    stored = 0
    for wanted in rows:
        with _app(data) as app, app.app_context():
            _store(wanted - stored)
        stored = wanted
        with served(data) as server:
            host = f"127.0.0.1:{server.port}"
            posts = _enkat_posts(requests, host, seed=wanted)
            run = partial(drive, server.port, posts, concurrency=8)
            yield wanted, _told(server, run)


def _store(count: int) -> None:
    """Put released responses in, as if they had come long ago."""
    of, chance = rounds.find(ENKAT), Random(count)
    instrument = instrument_of(load_instrument("elevenkat"))
    answers = {name: " ".join(value) for name, value in made_up_answers(instrument, chance).items()}
    same = {
        "round_id": of.id,
        "version_id": of.version_id,
        "answers": answers,
        "asked": sorted(answers),
    }
    for start in range(0, count, AT_A_TIME):
        number = min(AT_A_TIME, count - start)
        with writing():
            db.session.execute(
                insert(Response), [{"id": str(uuid.uuid4()), **same} for _ in range(number)]
            )


def _told(server: Server, run: Callable[[], Load]) -> dict[str, object]:
    before = server.cpu_seconds
    load_ = run()
    spent = (server.cpu_seconds - before) / load_.requests * 1000
    return {
        **load_.to_json(),
        "cpu_ms_per_request": round(spent, 2),
        "server_mb": server.memory_mb,
    }


if __name__ == "__main__":
    os.environ.setdefault("SURVEY_APP_SECOND_FACTOR", "off")
    main()
