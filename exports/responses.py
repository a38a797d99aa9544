"""One response on its way to the file, and the instances of repeats inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from forms import addresses
from forms.answers import Answers


@dataclass(frozen=True, slots=True)
class Response:
    """Submitted answers and the version of the instrument that they were given under.

    Attributes:
        round: The name of the round that collected them, where the file has several.
    """

    version: str
    answers: Answers
    round: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one row is about: a whole response, or one instance of a repeat in it.

    Attributes:
        version, answers, round: The response's.
        row: The number of the response in the file, from 1.
        prefix: What the addresses of its answers begin with; "" for the whole response.
        numbers: Of the instance and of those around it, outermost first.
        counts: How many instances there are, by the address of the repeat.
    """

    version: str
    answers: Answers
    row: int
    counts: Mapping[str, int] = field(default_factory=dict)
    prefix: str = ""
    numbers: tuple[int, ...] = ()
    round: str = ""


def instance_counts(answers: Answers) -> Mapping[str, int]:
    """Tell how many instances each repeat has: as far as anything in it was asked or answered.

    Returns:
        Address of the repeat without a number, such as `child` or `child[2]/toy` -> number.
    """
    told = answers.asked | answers.values.keys()
    inside = {address.rpartition("/")[0] for address in told if "[" in address}
    counts: dict[str, int] = {}
    for instance in inside:
        prefix = ""
        for repeat, number in addresses.steps(instance):
            address = prefix + repeat
            counts[address] = max(counts.get(address, 0), number)
            prefix = f"{addresses.instance(prefix, repeat, number)}/"
    return counts


def occasions(whole: Occasion, repeats: tuple[str, ...]) -> Iterator[Occasion]:
    """Visit the instances of a repeat in one response, in order.

    Args:
        whole: The response, with its counts.
        repeats: Names of the repeats around it, outermost first, and its own.
    """
    if not repeats:
        yield whole
        return
    *around, repeat = repeats
    for above in occasions(whole, tuple(around)):
        for number in range(1, whole.counts.get(above.prefix + repeat, 0) + 1):
            prefix = f"{addresses.instance(above.prefix, repeat, number)}/"
            yield replace(whole, prefix=prefix, numbers=(*above.numbers, number))
