"""What can stop an export; none of the errors carries what somebody answered."""

from __future__ import annotations

from collections.abc import Sequence

from forms.changes import Change


class ExportError(Exception):
    """The table or the file cannot be made."""


class UnknownVersion(ExportError):
    """A response belongs to a version that the codebook does not describe."""

    def __init__(self, version: str) -> None:
        super().__init__(f"The codebook does not describe version {version}.")
        self.version = version


class UnknownVariable(ExportError):
    """A response answers a question that the codebook does not have."""

    def __init__(self, question: str) -> None:
        super().__init__(f"The codebook has no variable for the question {question}.")
        self.question = question


class ConflictingVersions(ExportError):
    """Versions use the same name for different things, so that they cannot share a column."""

    def __init__(self, conflicts: Sequence[Change]) -> None:
        names = ", ".join(dict.fromkeys(change.name for change in conflicts))
        super().__init__(f"The versions mean different things by: {names}.")
        self.conflicts = tuple(conflicts)


class AnswerDoesNotFit(ExportError):
    """A stored answer is not of its question's type, or not in its list.

    The answer itself is left out of the message: messages end up in logs.
    """

    def __init__(self, question: str) -> None:
        super().__init__(f"An answer to {question} does not fit its type or its list.")
        self.question = question


class TooLargeForExcel(ExportError):
    """The table has more columns than a sheet can hold."""

    def __init__(self, *, columns: int) -> None:
        super().__init__(f"A sheet cannot hold {columns} columns.")
        self.columns = columns
