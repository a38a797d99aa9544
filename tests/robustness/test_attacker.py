"""The promise of the enkät, attacked: who answered what, when the order of pupils is known?

Sixty pupils answer a real server in a known order; some send twice, some open the page and go.
The attacker knows the order, takes the database's files (SQLite's with its log, PostgreSQL's heaps,
log and dump, with `ctid` and `xmin`) before a release, after it and after the round's end, sees
the tables after every answer, and after the end takes the data directory with whatever keys are
left. Each strategy orders the answers; `chance.judge` compares the order with the truth.

* After the end, without copies from before, a strategy may not beat chance among all sixty.
* Who copied the tables while the round was open knows the batches, and so does who has
  PostgreSQL's own log: chance is then one in the size of the batch, which is five at least, and a
  strategy may not beat chance inside the batches.

A strategy beats chance when p < 0.001 divided by the number of strategies (Bonferroni), with 200,000
permutations: a sound server fails less than once in a thousand runs. The last test takes out one
protection at a time, and the attacker must then succeed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.robustness import attack
from tests.robustness.attack import PUPILS, Attacker, Loot
from tests.robustness.chance import Guess, judge
from tests.tools.postgresql import Postgresql
from tests.tools.server import serving, survey_app_command

pytestmark = pytest.mark.slow

BROKEN = Path(__file__).with_name("broken_server.py")
LEVEL = 0.001
LEAST = 5  # of a batch
KNOWS_BATCHES = ("during", "after: pg_wal")

Attack = Callable[..., Loot]


@pytest.fixture(params=["sqlite", "postgresql"])
def attacked(request: pytest.FixtureRequest, attack_on: Attack) -> Loot:
    """Attack the server as it is, on either database."""
    return attack_on(request.param)


@pytest.fixture
def attack_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Attack:
    """Give ``attack_on(database, without=protection)``."""

    def run(database: str, without: str | None = None, pause: float = 0.0) -> Loot:
        server: Postgresql | None = None
        url = ""
        if database == "postgresql":
            server = request.getfixturevalue("postgresql")
            url = server.new_database()
            monkeypatch.setenv("DATABASE_URL", url)
        attack.prepare(tmp_path / "data")
        program: list[str | Path] = (
            [sys.executable, BROKEN, without] if without else survey_app_command()
        )
        environment = attack.ENVIRONMENT | ({"DATABASE_URL": url} if url else {})
        with serving(tmp_path / "data", program=program, environment=environment) as running:
            return Attacker(running, program, environment, url, server).run(pause)

    return run


def judged(loot: Loot) -> dict[str, float]:
    """Give the probability of each strategy's success by chance."""
    loot.open_sealed()
    strategies: dict[str, list[Guess]] = {"sizes": loot.guesses_by_size()}
    for name in loot.scores:
        within = name.startswith(KNOWS_BATCHES)
        strategies[name] = loot.guesses(name, within_batches=within)
    return {name: judge(guesses).p for name, guesses in strategies.items()}


def sizes_of_batches(loot: Loot) -> list[int]:
    """Give the number of answers of each batch, in order."""
    batches = list(loot.batches.values())
    return [batches.count(number) for number in sorted(set(batches))]


def test_no_strategy_does_better_than_chance(attacked: Loot) -> None:
    """Nobody learns what the pupil said who answered third."""
    found = judged(attacked)
    assert attacked.rows == PUPILS == len(attacked.batches)
    assert len(found) >= 9
    assert {name: p for name, p in found.items() if p < LEVEL / len(found)} == {}
    *whole, rest = sizes_of_batches(attacked)
    assert len(whole) >= 3
    assert min(whole) >= LEAST, (whole, rest)
    assert attacked.keys == {}
    assert attacked.open_sealed() == 0
    assert len({len(sealed) for _, sealed, _ in attacked.sealed.values()}) == 1
    assert len(attacked.sealed) >= PUPILS
    said = attacked.log.splitlines()
    assert [line for line in said if not line.startswith("Serving at")] == []


@pytest.mark.parametrize(
    ("without", "database", "strategies"),
    [
        ("keys", "sqlite", ["keys"]),
        ("padding", "sqlite", ["sizes"]),
        ("mixing", "sqlite", ["after: sqlite-wal"]),
        ("mixing", "postgresql", ["after: xmin"]),
        ("shuffling", "postgresql", ["after: ctid", "during: ctid"]),
    ],
)
def test_without_a_protection_the_attacker_succeeds(
    attack_on: Attack, without: str, database: str, strategies: list[str]
) -> None:
    """Each protection is needed, and the strategies see what they should."""
    found = judged(attack_on(database, without))
    assert {name for name in strategies if found[name] >= LEVEL / len(found)} == set(), found


def test_without_company_every_answer_is_a_batch(attack_on: Attack) -> None:
    """Then the tables alone, looked at after each answer, tell everything."""
    loot = attack_on("sqlite", "company", 0.15)
    alone = sizes_of_batches(loot).count(1)
    assert alone > PUPILS / 2
