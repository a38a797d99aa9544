"""Write a published version as XForm XML, through the standard compiler in its limited process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forms.compile.columns import standard_name
from forms.compile.rowtypes import row_type
from forms.compile.vocabulary import SUPPORTED
from forms.reading import Limits, convert_with_pyxform
from forms.workbook import CHOICES, SETTINGS, SURVEY, Row, Sheet, Workbook, sheet_of

# The rest is ours to say, or nobody's: a `submission_url` would send answers to another server.
AUTHORS_SETTINGS = frozenset({"default_language", "style", "allow_choice_duplicates"})
# Would ask a device for files that it cannot fetch from us.
MEDIA = frozenset({"audio", "video", "big-image"})


def xform_of(
    workbook: Workbook, *, form_id: str, version: str, title: str, limits: Limits | None = None
) -> str:
    """Write the XForm of a workbook that compiles.

    Only what our own compiler reads is passed on, so that a device asks what a page asks.

    Args:
        workbook: The author's sheets.
        form_id: What a device calls the form, and names again in what it sends.
        version: The same for its version.
        title: The name that the device shows.
        limits: What the compiling process may use.

    Raises:
        BadInstrument: The standard compiler refuses the sheets, or takes too long.
    """
    own = {"form_id": form_id, "version": version, "form_title": title}
    sheets = (
        _survey(workbook.sheet(SURVEY)),
        _choices(workbook.sheet(CHOICES)),
        _settings(workbook.sheet(SETTINGS), own),
    )
    return convert_with_pyxform(Workbook(sheets), limits=limits or Limits())


def _survey(sheet: Sheet) -> Sheet:
    """Keep what is read; a device is not even asked for what it knows of itself and its user."""
    names = {header: standard_name(SURVEY, header)[0] for header in sheet.headers}
    rows = tuple(Row(row.number, _quiet(row.cells, names)) for row in sheet.rows)
    return _only(replace(sheet, rows=rows), [h for h in names if names[h] in SUPPORTED[SURVEY]])


def _quiet(cells: Mapping[str, str], names: Mapping[str, str]) -> Mapping[str, str]:
    """Turn a row such as deviceid or start-geopoint into one that stays blank."""
    kind = next((text for header, text in cells.items() if names.get(header) == "type"), "")
    if not row_type(kind).is_uncollected:
        return cells
    kept = {header: text for header, text in cells.items() if names.get(header) != "parameters"}
    return {header: "hidden" if names.get(header) == "type" else kept[header] for header in kept}


def _choices(sheet: Sheet) -> Sheet:
    """Keep all but media: a choice filter may ask for any column."""
    return _only(sheet, [h for h in sheet.headers if standard_name(CHOICES, h)[0] not in MEDIA])


def _settings(sheet: Sheet, own: Mapping[str, str]) -> Sheet:
    written = sheet.rows[0].cells if sheet.rows else {}
    kept = {
        header: text
        for header, text in written.items()
        if standard_name(SETTINGS, header)[0] in AUTHORS_SETTINGS
    }
    return sheet_of(SETTINGS, [{**kept, **own}])


def _only(sheet: Sheet, headers: list[str]) -> Sheet:
    kept = dict.fromkeys(headers)
    rows = (
        Row(row.number, {header: text for header, text in row.cells.items() if header in kept})
        for row in sheet.rows
    )
    return Sheet(sheet.name, tuple(kept), tuple(row for row in rows if row.cells))
