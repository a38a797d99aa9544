"""What an attacker has taken, and the guesses that each strategy makes of it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from survey_app.store.sealing import InvalidTag, unseal
from tests.robustness.chance import Guess

# Whoever has these knows the batches: chance is one in the size of a batch.
KNOWS_BATCHES = ("during", "after: pg_wal")


@dataclass(slots=True)
class Traces:
    """What is known of the answers, of the codes or of the receipts.

    Attributes:
        arrivals: The truth: which pupil each belongs to, by the number of those before.
        scores: Strategy -> what the strategy orders each by.
    """

    arrivals: dict[str, int] = field(default_factory=dict)
    scores: dict[str, dict[str, float]] = field(default_factory=dict)

    def keep(self, strategy: str, scores: Mapping[str, float]) -> None:
        """Note scores; of several for the same one the first counts."""
        for name, score in scores.items():
            if name in self.arrivals:
                self.scores.setdefault(strategy, {}).setdefault(name, score)

    def order(self, strategy: str, names: Iterable[str]) -> None:
        """Note an order."""
        self.keep(strategy, {name: float(place) for place, name in enumerate(names)})

    def ordered(self, strategy: str, among: Sequence[str]) -> list[str]:
        """Give some in a strategy's order; what it says nothing about, or the same, by chance."""
        scores = self.scores[strategy]
        # Each list is mixed in an order of its own: codes and answers must not be mixed alike.
        mixed = random.Random("".join(among)).sample(among, len(among))
        return sorted(mixed, key=lambda name: scores.get(name, -1.0))


@dataclass(slots=True)
class Loot:
    """What was taken, already put in terms of answers, each known by its unique text.

    Attributes:
        answers, codes, receipts: By their text, by their keyed hash, by their token.
        batches: Answer -> the look at the tables that first showed it.
        flagged: Code -> the number of answers that had come when it was first seen as used.
        sealed: Row of the pool -> (key's id, sealed bytes, arrival when it was first seen).
        sizes: Arrival -> length of the row that came with it.
        growth: Arrival -> bytes by which the data directory's files grew.
        touched: Files of the data directory after the end -> when each was written, in ns.
        keys: Files of keys found after the end.
    """

    answers: Traces = field(default_factory=Traces)
    codes: Traces = field(default_factory=Traces)
    receipts: Traces = field(default_factory=Traces)
    lengths: dict[str, int] = field(default_factory=dict)
    batches: dict[str, int] = field(default_factory=dict)
    flagged: dict[str, int] = field(default_factory=dict)
    sealed: dict[str, tuple[str, bytes, int]] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    growth: dict[int, int] = field(default_factory=dict)
    touched: dict[str, int] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    rows: int = 0
    log: str = ""

    def guesses(self) -> dict[str, list[Guess]]:
        """Give what each strategy guesses."""
        self.open_sealed()
        self.codes.keep("during: flags", self.flagged)
        found = {
            "sizes of rows": self._beside_lengths(self.sizes),
            "growth of files": self._beside_lengths(self.growth),
        }
        found |= {name: self._order(self.answers, name) for name in self.answers.scores}
        found |= {f"codes, {name}": self._order(self.codes, name) for name in self.codes.scores}
        # Receipts show who came when for as long as the round is open. What was said is elsewhere.
        found |= {
            f"receipts, {name}": self._order(self.receipts, name)
            for name in self.receipts.scores
            if not name.startswith(KNOWS_BATCHES)
        }
        for kind, traces in (("codes", self.codes), ("receipts", self.receipts)):
            for name in traces.scores.keys() & self.answers.scores.keys():
                found[f"{kind} beside answers, {name}"] = self._beside(traces, name)
        return found

    def open_sealed(self) -> int:
        """Try every key found on everything sealed that was ever seen; give how many opened."""
        opened: dict[str, float] = {}
        for row, (key_id, sealed, arrival) in self.sealed.items():
            for key in [self.keys[key_id]] if key_id in self.keys else self.keys.values():
                try:
                    content = unseal(key, row, sealed)
                except InvalidTag:
                    continue
                opened.setdefault(str(content["answers"]["about"]), arrival)
        self.answers.keep("keys", opened)
        return len(opened)

    def sizes_of_batches(self) -> list[int]:
        """Give the number of answers of each batch, in order."""
        batches = list(self.batches.values())
        return [batches.count(number) for number in sorted(set(batches))]

    def _order(self, traces: Traces, strategy: str) -> list[Guess]:
        scores = traces.scores[strategy]
        group = self._batch_of_arrival() if strategy.startswith(KNOWS_BATCHES) else {}
        return [
            Guess(arrival, scores.get(name, -1.0), group.get(arrival, 0))
            for name, arrival in traces.arrivals.items()
        ]

    def _beside(self, traces: Traces, strategy: str) -> list[Guess]:
        """Lay answers beside codes or receipts, each in the strategy's order."""
        if not strategy.startswith(KNOWS_BATCHES):
            return self._laid(traces, strategy, list(self.batches), 0)
        return [
            guess
            for number in set(self.batches.values())
            for guess in self._laid(
                traces,
                strategy,
                [a for a, batch in self.batches.items() if batch == number],
                number,
            )
        ]

    def _laid(
        self, traces: Traces, strategy: str, answers: Sequence[str], group: int
    ) -> list[Guess]:
        arrivals = {self.answers.arrivals[answer] for answer in answers}
        others = [name for name, arrival in traces.arrivals.items() if arrival in arrivals]
        beside, step = traces.ordered(strategy, others), len(others) / len(answers)
        return [
            Guess(
                self.answers.arrivals[answer],
                traces.arrivals[beside[int(place * step)]] if beside else 0.0,
                group,
            )
            for place, answer in enumerate(self.answers.ordered(strategy, answers))
        ]

    def _batch_of_arrival(self) -> dict[int, int]:
        return {self.answers.arrivals[answer]: batch for answer, batch in self.batches.items()}

    def _beside_lengths(self, seen: Mapping[int, int]) -> list[Guess]:
        """Match what was seen to come with each answer with the lengths of those released later."""
        return [
            Guess(seen.get(arrival, 0), self.lengths[answer], self.batches[answer])
            for answer, arrival in self.answers.arrivals.items()
        ]
