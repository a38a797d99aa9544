"""The server with protections taken out: `broken_server.py PROTECTION,PROTECTION serve ...`.

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
    mixing.mix_patiently = lambda engine: True
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


def do_not_sort() -> None:
    """Mark codes as used in the order in which their answers are written."""
    releasing.sorted = list
    do_not_mix()


def mark_at_once() -> None:
    """Mark a code as used when it comes in, not when its batch is released."""
    pooled = responses._pool

    def pool_and_mark(connection, round_id, of, new):
        pooled(connection, round_id, of, new)
        used = [{"of_round": round_id, "of_code": each.code_hash} for each in new]
        connection.execute(releasing._USED, used)

    responses._pool = pool_and_mark


PROTECTIONS: dict[str, Callable[[], None]] = {
    "keys": keep_keys,
    "company": release_at_once,
    "mixing": do_not_mix,
    "padding": do_not_pad,
    "shuffling": do_not_shuffle,
    "sorting": do_not_sort,
    "marking": mark_at_once,
}

if __name__ == "__main__":
    for name in sys.argv.pop(1).split(","):
        PROTECTIONS[name]()
    main()
