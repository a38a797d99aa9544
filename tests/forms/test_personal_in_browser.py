"""The browser finds what names a person as the server does, while it is typed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from forms.personal import find_personal
from tests.tools.programs import ROOT, find_node

VECTORS = ROOT / "tests/vectors/personal.json"


def in_browser(texts: list[str], folder: Path) -> list[list]:
    """Give for each text the pieces that the script finds, and what may be names."""
    file = folder / "texts.json"
    file.write_text(json.dumps([{"text": text} for text in texts]), encoding="utf-8")
    command = [str(find_node()), str(ROOT / "tests/js/run_personal.mjs"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def test_server_and_browser_find_the_same(tmp_path) -> None:
    """Nobody types half an hour and hears only then that a number must go."""
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))
    expected = [case["found"] for case in cases]
    here = [
        [[f.kind, case["text"][f.start : f.end], f.is_certain] for f in find_personal(case["text"])]
        for case in cases
    ]
    assert here == expected
    found = in_browser([case["text"] for case in cases], tmp_path)
    assert [pieces for pieces, _ in found] == expected


def test_a_capital_inside_a_sentence_may_be_a_name(tmp_path) -> None:
    """A remark only; the first word of a sentence is left alone."""
    texts = {
        "Sen kom Eva och Åke Öberg hem.": ["Eva", "Åke Öberg"],
        "Läraren såg mig. Sen blev det bra!": [],
        "Hon sa: Kom. Mamma, Pappa": ["Kom", "Pappa"],
        "jag gick i SFI på kl 8": [],
    }
    assert [names for _, names in in_browser(list(texts), tmp_path)] == list(texts.values())
