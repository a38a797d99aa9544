"""Read an author's .xlsx file, which may be anything, without letting it touch the server."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from forms.problems import BadInstrument, ProblemCode, Problems
from forms.reading.limits import MEGABYTE, Limits
from forms.reading.process import answer_of
from forms.reading.refusal import problems_from_json, refusal
from forms.workbook import Workbook

__all__ = ["Limits", "check_with_pyxform", "convert_with_pyxform", "read_workbook"]

DEFAULT_LIMITS = Limits()


def read_workbook(
    path_or_bytes: str | Path | bytes, *, limits: Limits = DEFAULT_LIMITS
) -> Workbook:
    """Read a workbook in another process.

    Returns:
        Sheets in the author's order. Those that XLSForm knows have rows with Excel's numbers,
        headers as written (of two equal ones the first counts), and texts trimmed, with ordinary
        spaces for non-breaking ones; of all other sheets only the name is read.

    Raises:
        BadInstrument: There is no such file, or it is not one that can be read safely. No other
            exception leaves, whatever the bytes.
    """
    with _opened(path_or_bytes) as file:
        if os.fstat(file.fileno()).st_size > limits.file_bytes:
            limit = limits.file_bytes // MEGABYTE
            raise refusal(ProblemCode.FILE_TOO_LARGE, limit=limit)
        return answer_of("read", file, limits, _workbook_in)


def check_with_pyxform(workbook: Workbook, *, limits: Limits = DEFAULT_LIMITS) -> Problems:
    """Let the standard compiler judge the sheets, in another process.

    Returns:
        At most one error, since it stops at the first, and its remarks as warnings and advice;
        without those that our own checks make.
    """
    try:
        with _temporary(json.dumps(workbook.to_json()).encode()) as question:
            return answer_of("compile", question, limits, _problems_in)
    except BadInstrument as error:
        return error.problems


def convert_with_pyxform(workbook: Workbook, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """Let the standard compiler write the sheets as XForm XML, in another process.

    Raises:
        BadInstrument: It refuses them, or needs more than the limits.
    """
    with _temporary(json.dumps(workbook.to_json()).encode()) as question:
        return answer_of("convert", question, limits, _xform_in)


def _xform_in(answer: Mapping[str, Any]) -> str:
    if "problems" in answer:
        raise BadInstrument(_problems_in(answer))
    return str(answer["xform"])


def _workbook_in(answer: Mapping[str, Any]) -> Workbook:
    if "problems" in answer:
        raise BadInstrument(_problems_in(answer))
    return Workbook.from_json(answer["workbook"])


def _problems_in(answer: Mapping[str, Any]) -> Problems:
    return problems_from_json(answer["problems"])


def _opened(path_or_bytes: str | Path | bytes) -> IO[bytes]:
    if isinstance(path_or_bytes, bytes):
        return _temporary(path_or_bytes)
    path = Path(path_or_bytes)
    try:
        if path.is_file():
            return path.open("rb")
    except (OSError, ValueError) as error:
        raise refusal(ProblemCode.FILE_UNREADABLE, file=str(path)) from error
    raise refusal(ProblemCode.FILE_MISSING, file=str(path))


def _temporary(data: bytes) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(data)
    file.seek(0)
    return file
