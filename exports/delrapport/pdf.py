"""A report as a tagged PDF (PDF/UA-1), set by Typst."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import Any, Final

from exports.charts.pictures import FONT, Picture, svg_of
from exports.charts.spans import spans
from exports.delrapport.model import Chapter, Delrapport, Exhibit
from exports.results.printing import is_figure

SETTING = "delrapport.typ"
STANDARD: Final = "ua-1"


def is_available() -> bool:
    """Tell whether Typst, an extra, is installed."""
    return find_spec("typst") is not None


def pdf_of(report: Delrapport) -> bytes:
    """Set the report; the same report gives the same bytes."""
    import typst  # noqa: PLC0415 - an extra of 34 MB, which most servers do without

    inputs = {"report": json.dumps(_facts(report), ensure_ascii=False)}
    here, charts = files("exports.delrapport"), files("exports.charts")
    with as_file(here / SETTING) as setting, as_file(charts / FONT) as font:
        written: bytes = typst.compile(
            setting,
            format="pdf",
            font_paths=[font.parent],
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=STANDARD,
        )
    return written


def _facts(report: Delrapport) -> Mapping[str, Any]:
    language, _, region = report.language.partition("-")
    return {
        "title": report.title,
        "lang": language,
        "region": region,
        "facts": report.facts,
        "summary_title": report.summary_title,
        "summary": report.summary,
        "chapters": [_chapter(each) for each in report.chapters],
    }


def _chapter(of: Chapter) -> Mapping[str, Any]:
    return {
        "title": of.title,
        "paragraphs": of.paragraphs,
        "cautions": of.cautions,
        "parts": [
            {"title": part.title, "exhibits": [_exhibit(each) for each in part.exhibits]}
            for part in of.parts
        ],
    }


def _exhibit(of: Exhibit) -> Mapping[str, Any]:
    picture = of.picture
    return {
        "title": picture.title,
        "sentence": picture.sentence,
        "drawing": svg_of(picture) if picture.drawing is not None else None,
        "figure": of.figure,
        "table": of.table,
        "head": picture.head,
        "cells": [*_cells(picture)],
        "numeric": _numeric(picture),
        "remarks": picture.remarks,
        "notes": picture.notes,
    }


def _cells(picture: Picture) -> Iterator[Mapping[str, Any]]:
    """Give the cells one after the other, without those that go on the one above."""
    for row, places in zip(picture.rows, spans(picture), strict=True):
        for at, cell in enumerate(row):
            rows = places[at] if at < len(places) else 1
            if rows:
                yield {"words": cell.text, "rows": rows}


def _numeric(picture: Picture) -> Sequence[bool]:
    """Tell which columns hold figures, shown or hidden."""
    return [any(is_figure(row[at]) for row in picture.rows) for at in range(len(picture.head))]
