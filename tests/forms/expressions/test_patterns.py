"""Patterns mean the same in RE2 and in browsers, or are refused."""

import json
import shutil
import subprocess
from typing import Any

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.expressions.patterns import PatternRefused, portable_pattern

SAMPLES = ["", "a", "ab", "aab", "b-", "-", "_", "é", "Å", "1", "12", " ", "\u00a0", "\n", "\r"]
SAMPLES += ["]", "[", "{", "}", "a{", "^", "$", "\\", "/", ".", "@", "😀", "\t", "\u2028", "٣"]

DIFFERENT = ["(?=a)", "(?<n>a)", "(?P<n>a)", r"(a)\1", r"\k", r"\p{Greek}", r"[\S]", r"[\b]", "a**"]
DIFFERENT += ["[[:alpha:]]", "[a&&b]", "a?+", "(*a)", "a{1001}", "[b-a]", r"[a-\d]", "(", ")", "["]
DIFFERENT += ["(((a{100}){100}){100}){100}", "x" * 1001, r"\x{41}", r"\Qa\E", r"\u0041", "\\", "$+"]

JUDGE = """
const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(cases.patterns.map((pattern) => {
  const regex = new RegExp(`^(?:${pattern})$`, 'u');
  return cases.samples.map((sample) => regex.test(sample));
})));
"""


def judged_by_node(patterns: list[str]) -> Any:
    """Return, per pattern and sample, whether the browser's engine matches."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("Node 20 or later is needed: apt install nodejs, or see https://nodejs.org")
    done = subprocess.run(
        [node, "-e", JUDGE],
        input=json.dumps({"patterns": patterns, "samples": SAMPLES}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def judged_by_re2(patterns: list[str]) -> list[list[bool]]:
    """Return, per pattern and sample, whether the server's engine matches."""
    return [[re2.fullmatch(pattern, text) is not None for text in SAMPLES] for pattern in patterns]


@pytest.mark.parametrize(
    ("written", "portable"),
    [
        (r"\s", r"[\t\n\v\f\r ]"),
        (r"[\s-]", r"[\t\n\v\f\r \-]"),
        (".", r"[^\n]"),
        (r"\@\_\-\ ", "@_- "),
        ("a{2}{", r"a{2}\{"),
        ("[]a]", r"[\]a]"),
        ("[a-c-e]", r"[a-c\-e]"),
        (r"\pL", r"\p{L}"),
        ("(a|b)+?", "(a|b)+?"),
    ],
)
def test_a_pattern_is_spelt_for_both(written: str, portable: str) -> None:
    """Authors' habits from other engines keep working."""
    assert portable_pattern(written) == portable


@pytest.mark.parametrize("pattern", DIFFERENT)
def test_what_would_differ_is_refused(pattern: str) -> None:
    """A pattern that only one side understands would let an answer pass here and fail there."""
    with pytest.raises(PatternRefused):
        portable_pattern(pattern)


PARTS = ["a", "b", "-", "\\-", "[", "]", "[^", "{", "}", "{2}", "{1,}", "(", "(?:", ")", "|", "*"]
PARTS += [
    "+",
    "?",
    ".",
    "\\.",
    "\\d",
    "\\D",
    "\\w",
    "\\W",
    "\\s",
    "\\S",
    "\\b",
    "^",
    "$",
    "\\/",
    "/",
]
PARTS += [
    "\\\\",
    "\\pL",
    "\\p{Lu}",
    "\\P{N}",
    "å",
    "😀",
    "_",
    "@",
    "\\@",
    "1",
    "\\t",
    "\\n",
    "\\x61",
]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=8).map("".join), max_size=150))
def test_accepted_patterns_match_the_same_texts(candidates: list[str]) -> None:
    """The page must accept exactly what the server accepts."""
    patterns = []
    for candidate in candidates:
        try:
            patterns.append(portable_pattern(candidate))
        except PatternRefused:
            continue
    assert judged_by_node(patterns) == judged_by_re2(patterns)
