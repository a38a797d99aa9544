"""The register's workbook as a file."""

from __future__ import annotations

from io import BytesIO

from forms.reading import Limits, read_workbook
from forms.reading.limits import MEGABYTE
from forms.workbook import Workbook
from forms.writing import write_workbook
from survey_app.actions.register.importing import whole_register
from survey_app.actions.register.sheets import SHEETS

# A city's register is larger than a questionnaire: 20,000 pupils with their pathways.
LIMITS = Limits(
    file_bytes=30 * MEGABYTE,
    expanded_bytes=300 * MEGABYTE,
    text_characters=60 * MEGABYTE,
    rows=300_000,
    cpu_seconds=120,
    wall_seconds=180,
    memory_bytes=1_500 * MEGABYTE,
    sheets=tuple(sheet.name for sheet in SHEETS),
)


def read(data: bytes) -> Workbook:
    """Read an uploaded file in the limited process.

    Raises:
        BadInstrument: It is no workbook, or larger than the limits.
    """
    return read_workbook(data, limits=LIMITS)


def written() -> bytes:
    """Write the whole register as .xlsx; of an empty one it is the template."""
    file = BytesIO()
    write_workbook(whole_register(), file)
    return file.getvalue()
