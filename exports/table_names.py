"""What tables are called: a name that a sheet of Excel and a file may carry."""

from __future__ import annotations

import re
from collections.abc import Iterable

READ_ME = "Läs mig"
DATA = "Data"
LABELS = "Etiketter"
CODEBOOK = "Kodbok"
VALUES = "Värden"
SUMMARY = "Sammanfattning"
PANEL = "Panel"  # of returns about pupils, before the summary
OURS = (READ_ME, DATA, LABELS, CODEBOOK, VALUES, SUMMARY)

# Excel's rules for sheets: so many UTF-16 units, no such signs, no apostrophe at either end, and
# none called History, which it keeps for itself. Names that differ in capitals only are one.
LONGEST = 31
EXCELS_OWN = "History"
# What Windows cannot have in the name of a file is left out too.
_FORBIDDEN = re.compile(r'[\[\]:*?/\\<>|"\x00-\x1f]')


def table_names(repeats: Iterable[str]) -> list[str]:
    """Name the table of each repeat after it: each name once, none of our own sheets'."""
    taken = {name.casefold() for name in (*OURS, PANEL, EXCELS_OWN)}
    names = []
    for repeat in repeats:
        name = _free(_FORBIDDEN.sub("_", repeat), taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def continued(name: str, number: int) -> str:
    """Name the sheet where the rows go on; no question's name has a blank, so it is free."""
    return _fitting(name, f" {number}")


def _free(wanted: str, taken: set[str]) -> str:
    number, name = 1, _fitting(wanted)
    while name.casefold() in taken:
        number += 1
        name = _fitting(wanted, f"_{number}")
    return name


def _fitting(name: str, ending: str = "") -> str:
    room = LONGEST - len(ending)
    cut = name.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
    return (cut.strip("'") or "_") + ending
