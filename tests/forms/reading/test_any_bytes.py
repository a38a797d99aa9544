"""Whatever is uploaded, the answer is a workbook or a reason, never a failure."""

from __future__ import annotations

import json
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.problems import BadInstrument
from forms.reading import Limits, read_workbook
from forms.reading.refusal import problems_from_json
from forms.reading.worker import read
from forms.workbook import Workbook
from tests.forms.reading.files import packed, parts_of, workbook_file

SOUND = workbook_file({"survey": [["type", "name"], ["note", 1.5]], "choices": [["list_name"]]})
PIECES = (
    *("<c>", "</c>", '<row r="-1">', '<c r="A0" t="s"><v>9</v></c>', '<c t="n"><v>x</v></c>'),
    *('<c t="d"><v>2026</v></c>', '<c t="b"><v>7</v></c>', '<c s="99"><v>1e999</v></c>', "&#0;"),
    *("<f>", "]]>", "<!--", "&amp;", "\u0000", 'r="ZZZZ1"', 'Id="rId1"', "../", "://"),
)


@st.composite
def spoilt_files(draw: st.DrawFn) -> bytes:
    """Draw a sound file with some of its bytes changed, moved or lost."""
    data = bytearray(SOUND)
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        data[start : start + draw(st.integers(0, 50))] = draw(st.binary(max_size=50))
    return bytes(data)


@st.composite
def spoilt_parts(draw: st.DrawFn) -> bytes:
    """Draw a sound file in which one part was changed before it was packed."""
    parts = parts_of()
    name = draw(st.sampled_from(sorted(parts)))
    content = str(parts[name])
    start = draw(st.integers(0, len(content)))
    piece = draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)))
    changed = content[:start] + piece + content[start + draw(st.integers(0, 30)) :]
    parts[name] = changed.encode(errors="replace")
    return packed(parts)


def assert_answered(data: bytes) -> None:
    """See that the worker's answer can be sent and is a workbook or at least one reason."""
    answer = json.loads(json.dumps(read(data, Limits())))
    if "workbook" in answer:
        Workbook.from_json(answer["workbook"])
    else:
        assert [problem.message() for problem in problems_from_json(answer["problems"])]


@settings(deadline=None)
@given(st.one_of(st.binary(), st.binary().map(b"PK\x03\x04".__add__), spoilt_files()))
def test_any_bytes_are_answered(data: bytes) -> None:
    """A broken upload is the author's problem, not the server's."""
    assert_answered(data)


@settings(deadline=None, max_examples=200)
@given(spoilt_parts())
def test_any_change_of_a_part_is_answered(data: bytes) -> None:
    """The same for files that are sound on the outside."""
    assert_answered(data)


@settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(), spoilt_files(), spoilt_parts()))
def test_only_a_refusal_leaves_the_reader(data: bytes) -> None:
    """The web app needs to catch one thing."""
    with suppress(BadInstrument):
        assert isinstance(read_workbook(data), Workbook)
