"""The server with one protection taken out: `broken_server.py PROTECTION serve ...`.

The product has no such switch. What the attacker of the tests then finds proves that the tests
would notice.
"""

# mypy: ignore-errors
# ruff: noqa: ARG005 - what is replaced takes arguments that nobody needs here

from __future__ import annotations

import sys
from collections.abc import Callable

from survey_app.actions import releaser, releases, responses
from survey_app.cli import main
from survey_app.store import mixing, releasing, sealing, writer
from survey_app.store.keys import Keys


def keep_keys() -> None:
    """Let no key be destroyed."""
    Keys.destroy_all_but = lambda self, needed: 0


def release_at_once() -> None:
    """Let each answer be released alone."""
    releases.least = lambda: 1
    releaser.MOMENT = 0.01


def do_not_mix() -> None:
    """Leave all files as they were written."""
    mixing.mix = responses.mix = lambda engine, is_end=False: True
    writer.REST = 1000.0


def do_not_pad() -> None:
    """Let a sealed answer be as long as what was said."""
    sealing.SMALLEST = 1
    padded = sealing.padded
    sealing.padded = lambda content: padded(content).rstrip(b"\0")


def do_not_shuffle() -> None:
    """Release in the order in which the pool's rows stand, and leave the files so."""
    releasing.SystemRandom.shuffle = lambda self, x: None
    do_not_mix()


PROTECTIONS: dict[str, Callable[[], None]] = {
    "keys": keep_keys,
    "company": release_at_once,
    "mixing": do_not_mix,
    "padding": do_not_pad,
    "shuffling": do_not_shuffle,
}

if __name__ == "__main__":
    PROTECTIONS[sys.argv.pop(1)]()
    main()
