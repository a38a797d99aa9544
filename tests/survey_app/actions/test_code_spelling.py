"""Entry codes are read as people type them, and a slip is always noticed."""

from __future__ import annotations

import json
import subprocess
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_2

from survey_app.actions.code_spelling import ALPHABET, LENGTH, draw, grouped, read
from tests.tools.programs import ROOT, find_program

VECTORS = ROOT / "tests/vectors/codes.json"

codes = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(
    lambda drawn: drawn + mod_37_2.calc_check_digit(drawn, ALPHABET)
)


def vectors() -> dict[str, list[tuple[str, str | None]]]:
    """Read the cases that Python and JavaScript share."""
    return dict(json.loads(VECTORS.read_text(encoding="utf-8")))


def test_codes_are_read_as_they_are_typed() -> None:
    """Small letters, spaces and other hyphens are no mistakes; wrong characters are."""
    cases = vectors()["read"]
    assert [read(typed) for typed, _ in cases] == [code for _, code in cases]


def test_the_browser_reads_codes_as_the_server_does() -> None:
    """A pupil is not told on the first screen what the server says otherwise."""
    node = find_program("node", package="nodejs")
    command = [str(node), str(ROOT / "tests/js/run_codes.mjs"), str(VECTORS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    outcome = json.loads(done.stdout)
    for part in ("read", "grouped"):
        assert outcome[part] == [expected for _, expected in vectors()[part]]


@given(codes)
def test_any_wrong_character_and_any_swap_is_noticed(code: str) -> None:
    """A slip at one place, or two characters that changed places, never makes another code."""
    assert read(grouped(code).lower()) == code
    for place in range(LENGTH):
        wrong = [code[:place] + other + code[place + 1 :] for other in ALPHABET]
        assert [each for each in wrong if read(each)] == [code]
    for one, other in combinations(range(LENGTH), 2):
        swapped = list(code)
        swapped[one], swapped[other] = code[other], code[one]
        assert swapped == list(code) or read("".join(swapped)) is None


def test_the_alphabet_has_no_look_alikes_and_spells_no_words() -> None:
    """Nobody has to ask whether it is a zero or an O."""
    assert len(set(ALPHABET)) == len(ALPHABET) == 19
    assert not set(ALPHABET) & set("AEIOUYÅÄÖ0125BGLSVZ8")


def test_codes_are_drawn_from_all_there_are() -> None:
    """By the system's own chance: eight characters out of nineteen, and their check."""
    drawn = {draw() for _ in range(2_000)}
    assert len(drawn) == 2_000
    assert all(read(code) == code for code in drawn)
    for place in range(LENGTH):
        assert {code[place] for code in drawn} == set(ALPHABET)
