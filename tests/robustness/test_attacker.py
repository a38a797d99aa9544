"""The promise of the enkät, attacked: who answered what, when the order of pupils is known?

Sixty pupils answer a real server in a known order, each with the code on a card that the attacker
knows; some send twice, some try a used code, some open the page and go. The attacker knows the
order, the codes and the browsers' ids, and has the server's secrets to hash them. He takes the
database's files (SQLite's with its log, PostgreSQL's heaps, log and dump, with `ctid` and `xmin`)
before a release, after it and after the round's end, sees the tables and the sizes of the files
after every answer, and after the end takes the data directory with whatever keys are left.

Each strategy orders the answers, or the codes, or lays codes or receipts in the order of their
rows beside answers in the order of theirs. `chance.judge` compares the order with the truth.

* After the end, without copies from before, a strategy may not beat chance among all sixty: all
  codes that let somebody in are marked alike.
* Who copied the tables while the round was open knows the batches, and so does who has
  PostgreSQL's own log: chance is then one in the size of the batch, which is five at least, and a
  strategy may not beat chance inside the batches. Codes are marked as used with their batch.
* Receipts show who came when while the round is open. Laid beside answers they may tell nothing.

A strategy beats chance when p < 0.001 divided by the number of strategies (Bonferroni), with 400,000
permutations: a sound server fails less than once in a thousand runs. The tests marked `broken` take
out protections, and the attacker must then succeed.

Counts need no statistic: what they can tell is said exactly. A coordinator's pages change with
every fifth answer and with releases, never for one answer. A script's list counts exactly, for
the machine's owner, who has the tables anyway: it tells when somebody answered, not what.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from survey_app.actions import responses
from tests.factories import make_app
from tests.robustness import attack
from tests.robustness.attack import PUPILS, Attacker
from tests.robustness.chance import judge
from tests.robustness.loot import Loot
from tests.robustness.staff import CARDS, DETAIL, LIST, Seen
from tests.tools.postgresql import Postgresql
from tests.tools.server import serving, survey_app_command

pytestmark = pytest.mark.slow

BROKEN = Path(__file__).with_name("broken_server.py")
LEVEL = 0.001
LEAST = 5  # of a batch
DATABASE = {"survey.sqlite", "survey.sqlite-shm", "survey.sqlite-wal"}
# What a command touches that starts, and the round's key, destroyed when the round ends.
ONCE = {"migrating.lock", "autumn.json"}
FEWER = 30  # pupils of a broken server: what it shows, it shows clearly


@dataclass(frozen=True, slots=True)
class Attacked:
    """An attack that is over: what was taken, and what staff saw meanwhile."""

    loot: Loot
    seen: list[Seen]
    beginning: int


AttackOn = Callable[..., Attacked]


@pytest.fixture
def attack_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> AttackOn:
    """Give ``attack_on(database, without=protections)``."""

    def run(database: str, without: str | None = None, pause: float = 0.0) -> Attacked:
        server: Postgresql | None = None
        if database == "postgresql":
            server = request.getfixturevalue("postgresql")
            monkeypatch.setenv("DATABASE_URL", server.new_database())
        app = make_app(tmp_path / "data")
        attack.prepare(app)
        program: list[str | Path] = (
            [sys.executable, BROKEN, without] if without else survey_app_command()
        )
        environment = attack.ENVIRONMENT | dict(os.environ)
        with serving(tmp_path / "data", program=program, environment=environment) as running:
            attacker = Attacker(
                running,
                app,
                program,
                environment,
                server,
                pupils=FEWER if without else PUPILS,
                has_staff=not without,
            )
            loot = attacker.run(pause)
        responses.close(app)
        return Attacked(loot, [] if without else attacker.staff.seen, attacker.beginning)

    return run


def judged(loot: Loot) -> dict[str, float]:
    """Give the probability of each strategy's success by chance."""
    return {name: judge(guesses).p for name, guesses in loot.guesses().items()}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_no_strategy_does_better_than_chance(attack_on: AttackOn, database: str) -> None:
    """Nobody learns what the pupil said who answered third, or had the card XXX-XXX-XXX."""
    attacked = attack_on(database)
    loot = attacked.loot
    found = judged(loot)
    assert loot.rows == PUPILS == len(loot.batches) == len(loot.flagged)
    assert len(found) >= 20
    assert {name: p for name, p in found.items() if p < LEVEL / len(found)} == {}
    *whole, rest = loot.sizes_of_batches()
    assert len(whole) >= 3
    assert min(whole) >= LEAST, (whole, rest)
    nothing_is_left(attacked)
    counts_tell_only_steps(attacked.seen)


def nothing_is_left(attacked: Attacked) -> None:
    """Check that no key, no length, no file's time and no line of the log tells of one answer."""
    loot = attacked.loot
    assert loot.keys == {}
    assert loot.open_sealed() == 0
    assert len({len(sealed) for _, sealed, _ in loot.sealed.values()}) == 1
    assert len(loot.sealed) >= PUPILS * 0.8  # a few may have gone before they were looked at
    written = {Path(name).name for name, at in loot.touched.items() if at > attacked.beginning}
    assert written - DATABASE <= ONCE, written
    said = loot.log.splitlines()
    assert [line for line in said if not line.startswith("Serving at")] == []


def counts_tell_only_steps(seen: list[Seen]) -> None:
    """Check what can be known from counts asked for after every answer."""
    assert [each.answers for each in seen] == list(range(1, PUPILS + 1))
    assert [each.exact for each in seen] == [each.answers for each in seen]
    assert [each.shown for each in seen] == [each.answers - each.answers % 5 for each in seen]
    assert {each.shown_used % 5 for each in seen} == {each.used % 5 for each in seen} == {0}
    assert all(max(each.used, each.shown_used) <= each.answers for each in seen)
    # Nothing else on a page changes: one page for each number, or pair of numbers, that it shows.
    for page in (LIST, DETAIL, CARDS):
        states = {(each.shown, each.shown_used) for each in seen}
        assert len({each.pages[page] for each in seen}) <= len(states)


@pytest.mark.broken
@pytest.mark.parametrize(
    ("without", "database", "strategies"),
    [
        (
            "keys,padding,marking",
            "sqlite",
            ["keys", "sizes of rows", "codes, during: flags"],
        ),
        ("mixing", "sqlite", ["after: sqlite-wal"]),
        (
            "shuffling",
            "postgresql",
            ["after: xmin", "after: ctid"],
        ),
        ("sorting", "postgresql", ["codes beside answers, during: ctid"]),
    ],
)
def test_without_a_protection_the_attacker_succeeds(
    attack_on: AttackOn, without: str, database: str, strategies: list[str]
) -> None:
    """Each protection is needed, and the strategies see what they should."""
    found = judged(attack_on(database, without).loot)
    assert {name for name in strategies if found[name] >= LEVEL / len(found)} == set(), found


@pytest.mark.broken
def test_without_company_every_answer_is_a_batch(attack_on: AttackOn) -> None:
    """Then the tables alone, looked at after each answer, tell everything."""
    loot = attack_on("sqlite", "company", 0.15).loot
    alone = loot.sizes_of_batches().count(1)
    assert alone > FEWER / 2
