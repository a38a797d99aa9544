"""Sixty pupils answer a running server, and somebody who knows their order takes all there is."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask

from survey_app.actions import accounts, codes, responses, rounds
from survey_app.actions.code_spelling import read
from survey_app.audience import Role
from tests.factories import make_version
from tests.robustness.loot import Loot
from tests.robustness.pupils import ROUND, Pupil, make_pupil
from tests.robustness.staff import EMAIL, PASSWORD, Staff
from tests.tools.postgresql import Postgresql
from tests.tools.programs import ROOT
from tests.tools.server import LiveServer

PUPILS, CLASSES = 60, 4
UNUSED = 6  # cards whose pupils give up
# Tables whose rows are searched for answers, codes and receipts, and by which column.
TABLES = {"response": "answers", "entry_code": "hash", "receipt": "token"}
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


class Attacker:
    """Someone who sees the database and its files at any time, and the data directory at the end.

    Args:
        app: An app of the server's data: the attacker has its secrets too.
        has_staff: A coordinator looks at everything after each answer.
    """

    def __init__(
        self,
        server: LiveServer,
        app: Flask,
        program: Sequence[str | Path],
        environment: Mapping[str, str],
        postgresql: Postgresql | None,
        *,
        pupils: int = PUPILS,
        has_staff: bool = False,
    ) -> None:
        self.loot = Loot()
        self._server, self._app = server, app
        self._program, self._environment = program, environment
        self._url, self._postgresql = environment.get("DATABASE_URL", ""), postgresql
        self._staff = Staff(server, app) if has_staff else None
        self._size = 0
        chance = random.Random(5)
        cards = self._made_cards(pupils + UNUSED)
        made = [make_pupil(number, card, chance) for number, card in enumerate(cards)]
        self._pupils, self._given_up = made[:pupils], made[pupils:]
        self.beginning = time.time_ns()

    @property
    def staff(self) -> Staff:
        """Give who looked."""
        assert self._staff
        return self._staff

    def run(self, pause: float) -> Loot:
        """Let the pupils answer, class by class, and take what can be taken meanwhile.

        Args:
            pause: Seconds between two pupils.
        """
        size = -(-len(self._pupils) // CLASSES)
        with self._connected() as connection:
            for start in range(0, len(self._pupils), size):
                for pupil in self._pupils[start : start + size]:
                    self._let_answer(pupil)
                    time.sleep(pause)
                    self._look(connection)
                self._copy("during")
                self._wait_for_release(connection)
                self._copy("during")
        for pupil in self._given_up:
            pupil.give_up_at(self._server)
        self._command("round", "close", ROUND)
        with self._connected() as connection:
            self._look(connection)
            self._take_rows(connection)
        self._copy("after")
        self._take_directory()
        return self.loot

    def _made_cards(self, count: int) -> list[str]:
        made = self._command("codes", "create", ROUND, "--count", str(count), "--json")
        return [str(card) for card in json.loads(made)]

    def _let_answer(self, pupil: Pupil) -> None:
        pupil.answer_at(self._server, used=self._pupils[0].code)
        loot = self.loot
        loot.answers.arrivals[pupil.answer], loot.lengths[pupil.answer] = (
            pupil.number,
            len(pupil.answer),
        )
        with self._app.app_context():
            loot.codes.arrivals[codes.hash_of(1, read(pupil.code) or "")] = pupil.number
            if pupil.sent:
                loot.receipts.arrivals[responses.token_of(1, pupil.sent)] = pupil.number
        size = sum(_size_of(path) for path in self._listed())
        loot.growth[pupil.number], self._size = size - self._size, size
        if self._staff:
            self._staff.look(len(loot.answers.arrivals))

    def _look(self, connection: Any) -> None:
        """Note which answers can be read, which codes are used, and which rows begin to wait."""
        loot, now = self.loot, len(self.loot.answers.arrivals) - 1
        batch = len(set(loot.batches.values()))
        for (said,) in connection.execute("SELECT answers FROM response").fetchall():
            loot.batches.setdefault(_name(said), batch)
        for (code,) in connection.execute("SELECT hash FROM entry_code WHERE used").fetchall():
            loot.flagged.setdefault(code, now)
        waiting = connection.execute("SELECT key, key_id, sealed FROM waiting").fetchall()
        new = [row for row in waiting if row[0] not in loot.sealed]
        loot.sealed |= {row[0]: (row[1], bytes(row[2]), now) for row in new}
        if len(new) == 1:
            loot.sizes[now] = len(new[0][2])

    def _wait_for_release(self, connection: Any) -> None:
        deadline = time.monotonic() + RELEASE_SECONDS
        while time.monotonic() < deadline:
            (count,) = connection.execute("SELECT count(*) FROM waiting").fetchone()
            self._look(connection)
            if count < 5:
                break
            time.sleep(0.02)

    def _take_rows(self, connection: Any) -> None:
        """Note the order in which the tables, and their keys, give the rows."""
        for (table, column), traces in zip(TABLES.items(), self._traces(), strict=True):
            rows = connection.execute(f"SELECT {column} FROM {table}").fetchall()  # noqa: S608
            traces.order("order of rows", [_name(row[0]) for row in rows])
        rows = connection.execute("SELECT answers, id FROM response").fetchall()
        self.loot.rows = len(rows)
        by_key = [_name(row[0]) for row in sorted(rows, key=lambda row: row[1])]
        self.loot.answers.order("random keys", by_key)

    def _traces(self) -> tuple[Any, Any, Any]:
        return self.loot.answers, self.loot.codes, self.loot.receipts

    def _copy(self, when: str) -> None:
        """Search a copy of each file; of several places the first counts, of codes the last.

        A code stands there from the beginning, so only those count that are marked as used.
        """
        loot = self.loot
        for name, content in self._files():
            strategy = f"{when}: {name}"
            loot.answers.keep(strategy, _places(content, loot.answers.arrivals))
            loot.receipts.keep(strategy, _places(content, loot.receipts.arrivals))
            used = {code: float(content.rfind(code.encode())) for code in loot.flagged}
            loot.codes.keep(strategy, {code: at for code, at in used.items() if at >= 0})
        if self._postgresql:
            with self._connected() as connection:
                self._note_headers(connection, when)

    def _note_headers(self, connection: Any, when: str) -> None:
        for (table, column), traces in zip(TABLES.items(), self._traces(), strict=True):
            rows = connection.execute(
                f"SELECT {column}, (ctid::text::point)[0] * 1000 + (ctid::text::point)[1], "  # noqa: S608
                f"xmin::text::bigint FROM {table}"
            ).fetchall()
            known = [(_name(name), float(at), float(by)) for name, at, by in rows]
            if table == "entry_code":
                known = [row for row in known if row[0] in self.loot.flagged]
            traces.keep(f"{when}: ctid", {name: at for name, at, _ in known})
            traces.keep(f"{when}: xmin", {name: by for name, _, by in known})

    def _files(self) -> Iterator[tuple[str, bytes]]:
        if self._postgresql is None:
            for end in ("", "-wal", "-shm", "-journal"):
                path = Path(f"{self._server.data / 'survey.sqlite'}{end}")
                if path.exists():
                    yield f"sqlite{end}", path.read_bytes()
            return
        with self._connected() as connection:
            connection.execute("CHECKPOINT")
            heaps = [
                connection.execute("SELECT pg_relation_filepath(%s)", [table]).fetchone()[0]
                for table in (*TABLES, "waiting")
            ]
        yield "heaps", b"".join((self._postgresql.folder / path).read_bytes() for path in heaps)
        logs = sorted((self._postgresql.folder / "pg_wal").glob("0*"))
        yield "pg_wal", b"".join(path.read_bytes() for path in logs)
        yield "pg_dump", self._postgresql.dump(self._url)

    def _listed(self) -> list[Path]:
        return [path for path in sorted(self._server.data.rglob("*")) if path.is_file()]

    def _take_directory(self) -> None:
        """Take the data directory as it is after the end, the coded file, and the server's log."""
        loot, files = self.loot, self._listed()
        loot.keys = {path.stem: path.read_bytes() for path in files if path.suffix == ".key"}
        loot.touched = {str(path): path.stat().st_mtime_ns for path in files}
        whole = b"".join(path.read_bytes() for path in files)
        for traces in self._traces():
            places = {name: float(whole.rfind(name.encode())) for name in traces.arrivals}
            found = {name: at for name, at in places.items() if at >= 0}
            traces.keep("after: last place in the data directory", found)
        file = self._server.data.parent / "taken.csv"
        self._command("export", ROUND, "--format", "csv", "--output", str(file))
        text = file.read_text(encoding="utf-8-sig")
        loot.answers.order("export", sorted(loot.answers.arrivals, key=text.find))
        loot.log = self._server.log.read_text()

    def _command(self, *words: str) -> str:
        command = [*self._program, *words, "--data", self._server.data]
        done = subprocess.run(command, check=True, capture_output=True, env=self._environment)
        return done.stdout.decode()

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


def prepare(app: Flask) -> None:
    """Open the round that is answered, with codes, and let a coordinator in."""
    with app.app_context():
        rounds.create(ROUND, make_version(QUESTIONNAIRE), codes_required=True)
        rounds.open_round(ROUND)
        accounts.create(EMAIL, [Role.COORDINATOR], PASSWORD)


def _places(content: bytes, names: Iterable[str]) -> dict[str, float]:
    places = {name: content.find(name.encode()) for name in names}
    return {name: float(at) for name, at in places.items() if at >= 0}


def _name(value: Any) -> str:
    """Give what an answer, a code or a receipt is known by."""
    said = json.loads(value) if isinstance(value, str) and value.startswith("{") else value
    return str(said["about"] if isinstance(said, dict) else said)


def _size_of(path: Path) -> int:
    """Give a file's size; a key may be destroyed while one looks."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
