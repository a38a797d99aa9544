"""The lasting model for grades: the same pupils at two terms, individuals and group side by side.

More pupils may improve while the group's mean falls, so both are always given. Nothing here says
why anything changed: there is no group to compare with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from exports.derived.grades import TermGrades
from exports.disclosure.counts import Count, CountTable, Row, Slot
from exports.disclosure.guard import Guard
from exports.disclosure.rounding import rounded
from exports.disclosure.rules import K
from exports.disclosure.symbols import Symbol
from exports.results.changes import DOWN, SAME, UP, change_of, means_tell
from exports.results.figures import SMALLEST_MEAN, mean_of
from exports.results.genders import OfGender, by_gender, class_of
from exports.results.statistics import mcnemar, wilson

BEFORE, AFTER = {True: "was", False: "was_not"}, {True: "is", False: "is_not"}
TARGETS = ("all_core", "elig_yrk", "elig_any_hogskoleforb")
PARTS = 3  # of the pupils, by their first term

Real = Decimal | Symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilGrades:
    """A pupil's grades of a term; without any the pupil has a return but no grades yet.

    Attributes:
        gender: As the register has it.
        eligible: By target, a name in `TARGETS`.
    """

    gender: str
    grades: TermGrades
    eligible: Mapping[str, bool]

    @property
    def share(self) -> Fraction | None:
        """Give the share of subjects that are passed, streck counted as not passed."""
        return self.grades.share_passed_all


Term = Mapping[str, PupilGrades]
Pair = tuple[PupilGrades, PupilGrades]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """Some pupils at both terms: shares in per cent, their difference in points.

    Attributes:
        name: Which of all: "all", a class of gender, or a third by the first term.
    """

    name: str
    n: Count
    before: Real
    after: Real
    difference: Real


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """A 2x2 table of what pupils had reached before and after.

    Attributes:
        stayed, gained, lost, never: Pupils; `both` is their sum.
        p: Of the exact test of McNemar, three decimals; hidden when a count it rests on is.
    """

    target: str
    stayed: Count
    gained: Count
    lost: Count
    never: Count
    both: Count
    p: Real


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What may be shown of two terms.

    Attributes:
        first: Pupils with grades at the first term; hidden where it tells of few who are gone.
        gone, ungraded: Of those, without a return at the second term, or with one but no grades.
        change: Of the paired pupils, whose share went up, stayed the same, went down.
        interval: Wilson's 95 per cent interval for the share that went up, in per cent.
        all_then, all_now: Everybody with grades at each term (not only the paired).
        thirds: By the share at the first term; empty where a third is fewer than ten.
        genders: Empty where one of them is fewer than ten, or may not be told.
    """

    first: Count
    gone: Count
    ungraded: Count
    paired: Paired
    change: Mapping[str, Count]
    interval: tuple[Decimal, Decimal] | Symbol
    all_then: Real
    all_now: Real
    eligibility: tuple[Eligibility, ...]
    thirds: tuple[Paired, ...]
    genders: tuple[Paired, ...]

    @property
    def is_hidden(self) -> bool:
        """Tell whether too few have grades at both terms for anything to be shown."""
        return self.paired.n is Symbol.HIDDEN


def compare(before: Term, after: Term, guard: Guard | None = None) -> Comparison:
    """Compare two terms; fewer than ten pupils with grades at both show nothing.

    Raises:
        DifferenceTells: Beside what was shown of them before, nothing can be.
    """
    guard = guard or Guard()
    first = {code: each for code, each in before.items() if each.share is not None}
    second = {code: each for code, each in after.items() if each.share is not None}
    pairs = _pairs(first, second)
    if len(pairs) < SMALLEST_MEAN:
        return _nothing(0 if not first else Symbol.HIDDEN)
    gone = sum(code not in after for code in first)
    lost = len(first) - len(pairs)
    shares = [(_share(then), _share(now)) for then, now in pairs]
    change = change_of(shares, guard)
    return Comparison(
        first=_number(guard, "first", len(first), _tells_of_no_few(lost)),
        **_fallen_out(gone, lost - gone, guard),
        paired=(paired := _paired("all", pairs, guard, is_told=not means_tell(shares, change))),
        change=change,
        interval=_interval(change),
        all_then=_everybody("then", first, lost, guard, paired),
        all_now=_everybody("now", second, len(second) - len(pairs), guard, paired),
        eligibility=tuple(_eligibility(target, pairs, guard) for target in TARGETS),
        thirds=_thirds(pairs, guard) if paired.before is not Symbol.HIDDEN else (),
        genders=_genders(pairs, change["all"], guard),
    )


def _pairs(first: Term, second: Term) -> list[Pair]:
    """Match the pupils; grades of different grading systems are never compared."""
    return [
        (first[code], second[code])
        for code in sorted(first.keys() & second.keys())
        if first[code].grades.regime == second[code].grades.regime
    ]


def _tells_of_no_few(n: int) -> bool:
    return n == 0 or n >= K


def _number(guard: Guard, name: str, n: int, is_told: bool) -> Count:
    return n if is_told and guard.may_tell_number(name, n) else Symbol.HIDDEN


def _fallen_out(gone: int, ungraded: int, guard: Guard) -> dict[str, Count]:
    """Give both counts, or neither: the one that is left would tell of the other."""
    numbers = {"gone": gone, "ungraded": ungraded}
    is_told = all(_tells_of_no_few(n) and guard.may_tell_number(k, n) for k, n in numbers.items())
    return {name: n if is_told else Symbol.HIDDEN for name, n in numbers.items()}


def _paired(name: str, pairs: Sequence[Pair], guard: Guard, *, is_told: bool = True) -> Paired:
    n = len(pairs)
    then, now = (100 * sum((_share(pair[at]) for pair in pairs), Fraction(0)) for at in (0, 1))
    return Paired(
        name=name,
        n=n,
        before=mean_of(then, n, guard, f"{name} before", is_told=is_told),
        after=mean_of(now, n, guard, f"{name} after", is_told=is_told),
        difference=mean_of(now - then, n, guard, f"{name} difference", is_told=is_told),
    )


def _share(of: PupilGrades) -> Fraction:
    return of.share or Fraction(0)


def _interval(change: Mapping[str, Count]) -> tuple[Decimal, Decimal] | Symbol:
    up, n = change[UP], change["all"]
    if isinstance(up, Symbol) or isinstance(n, Symbol):
        return Symbol.HIDDEN
    low, high = (rounded(100 * Fraction(each), "1") for each in wilson(up, n))
    return low, high


def _everybody(name: str, of: Term, others: int, guard: Guard, paired: Paired) -> Real:
    """Give everybody's mean, unless it and the paired pupils' tell of few others, or of these."""
    if 0 < others < SMALLEST_MEAN or paired.before is Symbol.HIDDEN:
        return Symbol.HIDDEN
    total = 100 * sum((_share(each) for each in of.values()), Fraction(0))
    return mean_of(total, len(of), guard, f"everybody {name}")


def _eligibility(target: str, pairs: Sequence[Pair], guard: Guard) -> Eligibility:
    counts = {Slot(was, now): 0 for was in BEFORE.values() for now in AFTER.values()}
    for before, after in pairs:
        counts[Slot(BEFORE[before.eligible[target]], AFTER[after.eligible[target]])] += 1
    rows = Row("both", parts=tuple(Row(name) for name in BEFORE.values()))
    table = CountTable(target, rows, tuple(AFTER.values()), counts)
    cells = guard.protect(table).table.cells
    gained, lost = Slot("was_not", "is"), Slot("was", "is_not")
    is_told = not any(isinstance(cells[each], Symbol) for each in (gained, lost))
    return Eligibility(
        target=target,
        stayed=cells[Slot("was", "is")],
        gained=cells[gained],
        lost=cells[lost],
        never=cells[Slot("was_not", "is_not")],
        both=cells[Slot("both")],
        p=rounded(mcnemar(counts[gained], counts[lost]), "0.001") if is_told else Symbol.HIDDEN,
    )


def _thirds(pairs: Sequence[Pair], guard: Guard) -> tuple[Paired, ...]:
    """Divide by the first term; who has the same share is never divided."""
    ordered = sorted(pairs, key=lambda pair: _share(pair[0]))
    n = len(ordered)
    cuts = [0, *(_cut(ordered, n * part // PARTS) for part in range(1, PARTS)), n]
    parts = [ordered[start:end] for start, end in pairwise(cuts)]
    names = ("low", "middle", "high")
    sizes = {f"third {name}": len(part) for name, part in zip(names, parts, strict=True)}
    if min(sizes.values()) < SMALLEST_MEAN or not guard.may_tell_parts(sizes):
        return ()
    return tuple(_paired(name, part, guard) for name, part in zip(names, parts, strict=True))


def _cut(ordered: Sequence[Pair], at: int) -> int:
    while 0 < at < len(ordered) and _share(ordered[at][0]) == _share(ordered[at - 1][0]):
        at += 1
    return at


def _genders(pairs: Sequence[Pair], pupils: Count, guard: Guard) -> tuple[Paired, ...]:
    """Give girls and all others, where both may be told."""
    shares = [(100 * _share(then), 100 * _share(now)) for then, now in pairs]
    values = {
        "all before": [then for then, _ in shares],
        "all after": [now for _, now in shares],
        "all difference": [now - then for then, now in shares],
    }
    found = by_gender([class_of(now.gender) for _, now in pairs], values, pupils, guard)
    if any(Symbol.HIDDEN in (each.n, *each.means) for each in found):
        return ()
    return tuple(_paired_of(each) for each in found)


def _paired_of(each: OfGender) -> Paired:
    before, after, difference = each.means
    return Paired(name=each.name, n=each.n, before=before, after=after, difference=difference)


def _nothing(first: Count) -> Comparison:
    hidden = Symbol.HIDDEN
    return Comparison(
        first=first,
        gone=hidden,
        ungraded=hidden,
        paired=Paired(name="all", n=hidden, before=hidden, after=hidden, difference=hidden),
        change=dict.fromkeys((UP, SAME, DOWN, "all"), hidden),
        interval=hidden,
        all_then=hidden,
        all_now=hidden,
        eligibility=(),
        thirds=(),
        genders=(),
    )
