"""Where an answer stands when its question is asked several times: `child[2]/toy[1]/name`.

A question outside every repeat has its plain name as its address. Inside, the address names each
repeat around it with the number of its instance, from 1. Other groups leave no trace in it.
"""

from __future__ import annotations

import re

# The respondent's page says with it how many instances there are, the empty ones too.
COUNT = "#"
# Stands for the number in the pattern that the browser copies for a new instance.
NEW = "+"

_INSTANCE = re.compile(r"\[[1-9][0-9]{0,3}\]")
_STEP = re.compile(r"(?P<name>[^\[\]/]+)(?:\[(?P<number>[0-9]{1,4})\])?")


def question_of(address: str) -> str:
    """Give the name of the question, whatever instance it stands in."""
    return address.rsplit("/", 1)[-1]


def pattern_of(address: str) -> str:
    """Give the address without its numbers: `child[]/toy[]/name`, the same for all instances."""
    return _INSTANCE.sub("[]", address)


def instance(prefix: str, repeat: str, number: int | str) -> str:
    """Give the address of one instance of a repeat."""
    return f"{prefix}{repeat}[{number}]"


def counter(prefix: str, repeat: str) -> str:
    """Give the name under which the number of instances is posted."""
    return f"{prefix}{repeat}[{COUNT}]"


def steps(address: str) -> list[tuple[str, int]]:
    """Split an address into names and numbers; 0 where a step has no number.

    Raises:
        ValueError: It is no address.
    """
    found = [_STEP.fullmatch(step) for step in address.split("/")]
    if not all(found):
        raise ValueError(address)
    return [(step["name"], int(step["number"] or 0)) for step in found if step]
