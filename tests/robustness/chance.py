"""Whether an attacker's guesses are better than chance: permutation tests, by group."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

TRIALS = 400_000
Ranks = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Guess:
    """One answer as an attacker sees it.

    Attributes:
        arrival: The truth: how many pupils had answered before.
        score: What the attacker orders the answers by.
        group: The answers it can be confused with: a batch, or all.
    """

    arrival: int
    score: float
    group: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well a strategy did.

    Attributes:
        hits: Answers whose place in its group's order is the true one.
        expected: How many chance alone would give.
        p: How often chance orders as well, or places as many.
    """

    hits: int
    expected: float
    p: float


def judge(guesses: Sequence[Guess], seed: int = 1) -> Verdict:
    """Compare an order with chance, in both directions, inside its groups.

    The order counts by the product of ranks summed over groups, the places by exact hits; `p` is
    twice the smaller of their permutation probabilities. A score that is the same for all in a
    group tells nothing: its ties are broken by chance.
    """
    chance = random.Random(seed)
    groups: dict[int, list[Guess]] = {}
    for guess in guesses:
        groups.setdefault(guess.group, []).append(guess)
    ranks = [_ranks(group, chance) for group in groups.values()]
    order = abs(sum(float(_middle(len(each)) @ each) for each in ranks))
    hits = sum(int((each == np.arange(len(each))).sum()) for each in ranks)
    orders, places = _by_chance(tuple(sorted(len(each) for each in ranks)))
    as_ordered = int((np.abs(orders) >= order - 1e-6).sum())
    as_placed = int((places >= hits).sum())
    p = min(1.0, 2 * (min(as_ordered, as_placed) + 1) / (TRIALS + 1))
    return Verdict(hits, float(len(groups)), p)


def _ranks(group: Sequence[Guess], chance: random.Random) -> Ranks:
    """Give the guessed rank of each answer of a group, in the true order."""
    mixed = chance.sample(group, len(group))
    by_arrival = sorted(mixed, key=lambda guess: guess.arrival)
    by_score = {id(guess): rank for rank, guess in enumerate(sorted(mixed, key=lambda g: g.score))}
    return np.array([by_score[id(guess)] for guess in by_arrival], dtype=np.int16)


@cache
def _by_chance(sizes: tuple[int, ...]) -> tuple[Ranks, Ranks]:
    """Give both statistics of many random orders of groups of these sizes."""
    chance = np.random.default_rng(1)
    orders, places = np.zeros(TRIALS), np.zeros(TRIALS, dtype=np.int32)
    for size in sizes:
        drawn = chance.permuted(np.tile(np.arange(size, dtype=np.int16), (TRIALS, 1)), axis=1)
        orders += drawn @ _middle(size)
        places += (drawn == np.arange(size, dtype=np.int16)).sum(axis=1, dtype=np.int32)
    return orders, places


def _middle(size: int) -> Ranks:
    """Give the true ranks around 0, so that chance sums to 0 on average."""
    return np.arange(size, dtype=np.float32) - (size - 1) / 2
