"""A coded set of interviews opens in other tools, with every passage where it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exports.qda.codebook import write_codebook
from exports.qda.model import Code, CodingMisfit, Segment, Source
from exports.qda.project import write_project
from tests.exports.qda.example import CODES, FIRST, SECOND, SEGMENTS
from tests.exports.qda.refi import CODEBOOK, PROJECT, Passage, dangling, misfits, opened, passages

SOURCES = (FIRST, SECOND)


def example(**changes: object) -> bytes:
    """Write the example, with something else in it."""
    parts = {"codes": CODES, "sources": SOURCES, "segments": SEGMENTS, **changes}
    return write_project("Elever 2026", **parts)  # type: ignore[arg-type]


def test_the_project_fits_the_standard() -> None:
    """Tools check what they import, and refuse it whole."""
    root, texts = opened(example())
    assert list(misfits(root, PROJECT)) == []
    assert list(dangling(root)) == []
    assert len(texts) == len(SOURCES)


@pytest.mark.parametrize(
    ("sources", "segments"), [((), ()), (SOURCES, ())], ids=["codes alone", "nothing coded yet"]
)
def test_what_is_empty_fits_too(sources: tuple, segments: tuple) -> None:
    """The standard has no empty lists: they are left out."""
    root, _ = opened(example(sources=sources, segments=segments))
    assert list(misfits(root, PROJECT)) == []
    assert list(misfits(opened(write_project("x", (), (), ()))[0], PROJECT)) == []


def test_passages_come_back_with_their_words_and_codes() -> None:
    """Worked out by hand: sources by pseudonym, coders without names, a memo as a note."""
    assert passages(example()) == [
        Passage("Asp 7", "المدرسة", ("Rekommenderar",), "Coder 1", None),
        Passage(
            "Uven 12",
            "Jag gick aldrig dit.",
            ("Frånvaro", "Valence: negative"),
            "Coder 2",
            None,
        ),
        Passage(
            "Uven 12",
            "läraren såg mig",
            ("Rekommenderar", "Orsak: skolan"),
            "Coder 1",
            "En vändpunkt",
        ),
    ]


def test_positions_count_code_points_of_the_file() -> None:
    """By hand: 20 characters, one line feed for two, "Sen 🙂 blev det bättre, för " is 27."""
    root, _ = opened(example())
    places = [
        (s.get("startPosition"), s.get("endPosition")) for s in root.iter("{*}PlainTextSelection")
    ]
    assert places == [("8", "15"), ("0", "20"), ("48", "63")]


def test_no_clock_and_no_name_leaves() -> None:
    """A file tells neither when somebody worked nor who."""
    file = example()
    root, _ = opened(file)
    written = etree.tostring(root, encoding="unicode")
    assert "anna" not in written
    assert "bo@" not in written
    days = [s.get("creationDateTime") for s in root.iter("{*}PlainTextSelection")]
    assert days == [None, None, "2026-11-03T00:00:00Z"]
    assert file == example(sources=SOURCES[::-1], segments=SEGMENTS[::-1])


def test_cases_carry_what_is_known_of_them() -> None:
    """Role and district are variables of the case, not of each text."""
    twice = (FIRST, replace(FIRST, title="Fråga 2", text="Nej."), SECOND)
    root, _ = opened(example(sources=twice))
    cases = [
        (c.get("name"), [v.text for v in c.iter("{*}TextValue")]) for c in root.iter("{*}Case")
    ]
    assert cases == [("Asp 7", ["elev"]), ("Uven 12", ["elev", "Norr"])]
    assert [len(c.findall("{*}SourceRef")) for c in root.iter("{*}Case")] == [1, 2]
    assert [s.get("name") for s in root.iter("{*}TextSource")] == [
        "Asp 7",
        "Uven 12",
        "Uven 12 Fråga 2",
    ]


def test_the_codebook_is_a_tree_with_what_the_codes_are_for() -> None:
    """Worked out by hand; a colour that is none is left out, a short one written in full."""
    root = etree.fromstring(write_codebook(CODES))
    assert list(misfits(root, CODEBOOK)) == []
    codes = [(c.get("name"), c.get("isCodable"), c.get("color")) for c in root.iter("{*}Code")]
    assert codes == [
        ("Före", "false", None),
        ("Frånvaro", "true", "#00AA00"),
        ("Orsak: skolan", "true", None),
        ("Rekommenderar", "true", "#123456"),
    ]
    assert [c.get("name") for c in root.findall("{*}Codes/{*}Code")] == ["Före", "Rekommenderar"]
    assert root.findtext(".//{*}Description") == (
        "Hur skolnärvaron var innan.\nInclude: hela dagar\nExclude: sen ankomst\n"
        "Example: Jag gick aldrig dit."
    )


def test_a_code_is_the_same_one_in_both_files_and_after_renaming() -> None:
    """Whoever imports the codebook first and the project later has each code once."""
    keyed = tuple(replace(code, key=str(n)) for n, code in enumerate(CODES))
    renamed = (*keyed[:3], replace(keyed[3], name="rek:positiv", label="Positiv"))
    guids = [
        [c.get("guid") for c in root.iter("{*}Code")]
        for root in (
            etree.fromstring(write_codebook(keyed)),
            etree.fromstring(write_codebook(renamed)),
            opened(write_project("x", keyed, (), ()))[0],
        )
    ]
    assert guids[0] == guids[1] == guids[2]


@pytest.mark.parametrize(
    "wrong",
    [
        {"segments": [replace(SEGMENTS[0], end=len(FIRST.text) + 1)]},
        {"segments": [replace(SEGMENTS[0], end=SEGMENTS[0].start)]},
        {"segments": [replace(SEGMENTS[0], start=-1)]},
        {"segments": [replace(SEGMENTS[0], source=("Nobody", ""))]},
        {"segments": [replace(SEGMENTS[0], codes=())]},
        {"segments": [replace(SEGMENTS[0], codes=("före",))]},
        {"segments": [replace(SEGMENTS[0], codes=("unknown",))]},
        {"sources": [FIRST, FIRST, SECOND]},
        {"codes": [*CODES, CODES[3]]},
        {"codes": [*CODES, Code(name="lost", parent="nowhere")]},
        {"codes": [*CODES, Code(name="a", parent="b"), Code(name="b", parent="a")]},
        {"codes": [*CODES, Code(name="")]},
    ],
)
def test_what_does_not_fit_together_is_refused(wrong: dict) -> None:
    """Better no file than a passage on other words."""
    with pytest.raises(CodingMisfit):
        example(**wrong)


def test_a_codebook_without_codes_is_refused() -> None:
    """The standard has no way to say it, and tools would refuse the file."""
    with pytest.raises(CodingMisfit):
        write_codebook(())


SIGNS = st.sampled_from([*"aåäö \n\r\t&<>\"'", "\r\n", "🙂", "👩‍👧", "e\u0301", "ش", "\u200f", "\ufeff", "\x00", "\x0c", "\ud800", "\u2028"])  # fmt: skip


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_text_moves_a_passage(data: st.DataObject) -> None:
    """Whatever stands before a passage, the tool that opens the file marks the same words."""
    before, words, after = (
        "".join(data.draw(st.lists(SIGNS, min_size=least, max_size=12))) for least in (0, 0, 0)
    )
    text = f"{before}[{words}]{after}"
    source = Source(pseudonym="x", text=text)
    start = len(before)
    segment = Segment(
        source=source.key, start=start, end=start + len(words) + 2, codes=("rek:ja",), memo=words
    )
    [found] = passages(write_project("x", CODES, [source], [segment]))
    assert (found.words[0], found.words[-1]) == ("[", "]")
    assert len(found.words) == len(words.replace("\r\n", "\n")) + 2
    clean = [sign for sign in "aåäö🙂ش&<\u200f" if sign in words]
    assert all(sign in found.words for sign in clean)
