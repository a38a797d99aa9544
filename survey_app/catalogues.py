"""Compile the catalogues of `translations/` into the data directory when they have changed."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import translations

SOURCE = Path(translations.__file__).parent


def compile_catalogues(target: Path, source: Path = SOURCE) -> None:
    """Write each `.po` as `.mo`; safe with several processes at once.

    Drafts (fuzzy) come along: who may see them is decided where a page chooses its language.

    Args:
        target: Where `<language>/LC_MESSAGES/<domain>.mo` go.
        source: Where `<language>/LC_MESSAGES/<domain>.po` are.
    """
    for po in sorted(source.glob("*/LC_MESSAGES/*.po")):
        mo = target / po.relative_to(source).with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime_ns != po.stat().st_mtime_ns:
            _compile(po, mo)


def _compile(po: Path, mo: Path) -> None:
    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parent.parent.name)
    mo.parent.mkdir(parents=True, exist_ok=True)
    times = po.stat()
    with NamedTemporaryFile(dir=mo.parent, delete=False) as draft:
        write_mo(draft, catalogue, use_fuzzy=True)
    # The same time as its source tells, exactly, that it is up to date.
    os.utime(draft.name, ns=(times.st_atime_ns, times.st_mtime_ns))
    Path(draft.name).replace(mo)
