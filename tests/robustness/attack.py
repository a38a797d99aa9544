"""Sixty pupils answer a running server, and somebody who knows their order takes all there is."""

from __future__ import annotations

import http.client
import json
import os
import random
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psycopg

from survey_app.actions import responses
from survey_app.store.sealing import InvalidTag, unseal
from tests.factories import make_app, make_round
from tests.robustness.chance import Guess
from tests.tools.postgresql import Postgresql
from tests.tools.programs import ROOT
from tests.tools.server import LiveServer

PUPILS, CLASSES = 60, 4
ROUND = "autumn"
TABLES = ("response", "receipt", "waiting", "entry_code")
RELEASE_SECONDS = 6
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
QUESTIONNAIRE = """
    survey
    | type | name  | label |
    | text | about | Berätta |
    settings
    | form_id | form_title | default_language |
    | attack  | Enkät      | Svenska (sv)     |
"""


@dataclass(slots=True)
class Loot:
    """What was taken, already put in terms of answers, each known by its unique text.

    Attributes:
        arrivals: The truth: answer -> how many had been acknowledged before.
        batches: Answer -> the look at the tables that first showed it.
        scores: Strategy -> answer -> what the strategy orders it by.
        sealed: Row of the pool -> (key's id, sealed bytes, arrival when it was first seen).
        sizes: Arrival -> length of the row that came with it.
        counts: Words about the number of answers on the coordinator's page, over time.
        keys: Files of keys found after the end.
    """

    arrivals: dict[str, int] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    batches: dict[str, int] = field(default_factory=dict)
    scores: dict[str, dict[str, float]] = field(default_factory=dict)
    sealed: dict[str, tuple[str, bytes, int]] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    rows: int = 0
    log: str = ""

    def guesses(self, strategy: str, *, within_batches: bool) -> list[Guess]:
        """Order the answers by a strategy's score; those it says nothing about are alike."""
        scores = self.scores.get(strategy, {})
        return [
            Guess(arrival, scores.get(answer, -1.0), self.batches[answer] * within_batches)
            for answer, arrival in self.arrivals.items()
        ]

    def guesses_by_size(self) -> list[Guess]:
        """Match the sizes of rows seen to come with the lengths of answers released later."""
        return [
            Guess(self.sizes.get(arrival, 0), self.lengths[answer], self.batches[answer])
            for answer, arrival in self.arrivals.items()
        ]

    def open_sealed(self) -> int:
        """Try every key found on everything sealed that was ever seen; give how many opened."""
        opened = self.scores.setdefault("keys", {})
        for row, (key_id, sealed, arrival) in self.sealed.items():
            for key in [self.keys[key_id]] if key_id in self.keys else self.keys.values():
                try:
                    content = unseal(key, row, sealed)
                except InvalidTag:
                    continue
                opened.setdefault(str(content["answers"]["about"]), arrival)
        return len(opened)


class Attacker:
    """Someone who sees the database and its files at any time, and the data directory at the end."""

    def __init__(
        self,
        server: LiveServer,
        program: Sequence[str | Path],
        environment: Mapping[str, str],
        url: str,
        postgresql: Postgresql | None,
    ) -> None:
        self.loot = Loot()
        self._server, self._program, self._environment = server, program, environment
        self._url, self._postgresql = url, postgresql
        self._chance = random.Random(5)
        self._answers = [self._made_up() for _ in range(PUPILS)]

    def run(self, pause: float) -> Loot:
        """Let the pupils answer, class by class, and take what can be taken meanwhile.

        Args:
            pause: Seconds between two pupils.
        """
        with self._connected() as connection:
            for number in range(CLASSES):
                for answer in self._answers[number::CLASSES]:
                    self._let_answer(answer)
                    time.sleep(pause)
                    self._look(connection)
                self._copy("during")
                self._wait_for_release(connection)
                self._copy("during")
        self._command("round", "close", ROUND)
        with self._connected() as connection:
            self._look(connection)
            self._take_rows(connection)
        self._copy("after")
        self._take_directory()
        return self.loot

    def _made_up(self) -> str:
        filler = "x" * self._chance.randrange(600)
        return f"q{self._chance.getrandbits(60):015x}{filler}"

    def _let_answer(self, answer: str) -> None:
        """Open the page, and perhaps go; answer, and perhaps send it twice."""
        arrival = len(self.loot.arrivals)
        form = {"about": answer}
        if arrival % 3:
            form["response_id"] = str(UUID(int=self._chance.getrandbits(128), version=4))
        host = self._server.address.removeprefix("http://")
        tablet = http.client.HTTPConnection(host, timeout=30)
        if arrival % 5 == 0:
            tablet.request("GET", f"/e/{ROUND}")
            tablet.getresponse().read()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        for _ in range(2 if arrival % 7 == 1 and "response_id" in form else 1):
            tablet.request("POST", f"/e/{ROUND}", urlencode(form), headers)
            response = tablet.getresponse()
            response.read()
            assert response.status == 303
        tablet.close()
        self.loot.arrivals[answer], self.loot.lengths[answer] = arrival, len(answer)

    def _look(self, connection: Any) -> None:
        """Note which answers can be read, and which rows have begun to wait."""
        loot, now = self.loot, len(self.loot.arrivals) - 1
        batch = len(set(loot.batches.values()))
        for answer in self._readable(connection):
            loot.batches.setdefault(answer, batch)
        waiting = connection.execute("SELECT key, key_id, sealed FROM waiting").fetchall()
        new = [row for row in waiting if row[0] not in loot.sealed]
        loot.sealed |= {row[0]: (row[1], bytes(row[2]), now) for row in new}
        if len(new) == 1:
            loot.sizes[now] = len(new[0][2])

    def _readable(self, connection: Any) -> list[str]:
        rows = connection.execute("SELECT answers FROM response").fetchall()
        return [_about(row[0]) for row in rows]

    def _wait_for_release(self, connection: Any) -> None:
        deadline = time.monotonic() + RELEASE_SECONDS
        while time.monotonic() < deadline:
            (count,) = connection.execute("SELECT count(*) FROM waiting").fetchone()
            self._look(connection)
            if count < 5:
                break
            time.sleep(0.02)

    def _take_rows(self, connection: Any) -> None:
        """Note the order in which the tables, and their keys, give the answers."""
        rows = connection.execute("SELECT answers, id FROM response").fetchall()
        self.loot.rows = len(rows)
        self._score("order of rows", [_about(row[0]) for row in rows])
        self._score("random keys", [_about(row[0]) for row in sorted(rows, key=lambda r: r[1])])

    def _copy(self, when: str) -> None:
        """Search a copy of each file for the answers; of several places the first counts."""
        for name, content in self._files():
            places = {answer: content.find(answer.encode()) for answer in self._answers}
            found = {answer: float(at) for answer, at in places.items() if at >= 0}
            self._keep(f"{when}: {name}", found)
        if self._postgresql:
            with self._connected() as connection:
                self._note_headers(connection, when)

    def _note_headers(self, connection: Any, when: str) -> None:
        rows = connection.execute(
            "SELECT answers, (ctid::text::point)[0] * 1000 + (ctid::text::point)[1], "
            "xmin::text::bigint FROM response"
        ).fetchall()
        self._keep(f"{when}: ctid", {_about(row[0]): float(row[1]) for row in rows})
        self._keep(f"{when}: xmin", {_about(row[0]): float(row[2]) for row in rows})

    def _files(self) -> Iterator[tuple[str, bytes]]:
        if self._postgresql is None:
            for end in ("", "-wal", "-shm", "-journal"):
                path = Path(f"{self._server.data / 'survey.sqlite'}{end}")
                if path.exists():
                    yield f"sqlite{end}", path.read_bytes()
            return
        with self._connected() as connection:
            connection.execute("CHECKPOINT")
            for table in TABLES:
                found = connection.execute("SELECT pg_relation_filepath(%s)", [table]).fetchone()
                yield f"heap of {table}", (self._postgresql.folder / found[0]).read_bytes()
        logs = sorted((self._postgresql.folder / "pg_wal").glob("0*"))
        yield "pg_wal", b"".join(path.read_bytes() for path in logs)
        yield "pg_dump", self._postgresql.dump(self._url)

    def _take_directory(self) -> None:
        """Take the data directory as it is after the end, and the server's log."""
        for path in sorted(self._server.data.rglob("*")):
            if path.is_file() and path.suffix == ".key":
                self.loot.keys[path.stem] = path.read_bytes()
        whole = b"".join(
            p.read_bytes() for p in sorted(self._server.data.rglob("*")) if p.is_file()
        )
        places = {answer: float(whole.rfind(answer.encode())) for answer in self._answers}
        self._keep("after: last place in the data directory", places)
        file = self._server.data.parent / "taken.csv"
        self._command("export", ROUND, "--format", "csv", "--output", str(file))
        text = file.read_text(encoding="utf-8-sig")
        self._score("export", sorted(self._answers, key=text.find))
        self.loot.log = self._server.log.read_text()

    def _keep(self, strategy: str, scores: dict[str, float]) -> None:
        kept = self.loot.scores.setdefault(strategy, {})
        for answer, score in scores.items():
            kept.setdefault(answer, score)

    def _score(self, strategy: str, order: Sequence[str]) -> None:
        self.loot.scores[strategy] = {answer: float(place) for place, answer in enumerate(order)}

    def _command(self, *words: str) -> None:
        command = [*self._program, *words, "--data", self._server.data]
        subprocess.run(command, check=True, capture_output=True, env=self._environment)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        if self._postgresql:
            with psycopg.connect(self._url, autocommit=True) as client:
                yield client
            return
        connection = sqlite3.connect(
            f"file:{self._server.data / 'survey.sqlite'}?mode=ro", uri=True
        )
        try:
            yield connection
        finally:
            connection.close()


def prepare(data: Path) -> None:
    """Open the round that is answered."""
    app = make_app(data)
    with app.app_context():
        make_round(ROUND, table=QUESTIONNAIRE)
    responses.close(app)


def _about(answers: Any) -> str:
    said = json.loads(answers) if isinstance(answers, str) else answers
    return str(said["about"])
