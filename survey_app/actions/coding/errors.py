"""What can go wrong while coding."""

from __future__ import annotations

from typing import ClassVar

from forms.marking import N_
from survey_app.actions.errors import ActionError


class SchemeMissing(ActionError):
    """The round has no coding scheme yet."""

    sentence = N_("The round has no coding scheme yet. Choose one, or begin a new one.")
    status: ClassVar[int] = 409


class CodesMissing(ActionError):
    """The round's coding scheme is empty."""

    sentence = N_("The coding scheme has no codes yet.")
    status: ClassVar[int] = 409


class OnlyInterviews(ActionError):
    """A file of coded interviews is wanted of what is no round of interviews."""

    sentence = N_(
        "“%(round)s” is no round of interviews. Files for other tools for coding (qdpx, qdc) are "
        "made of one round of interviews at a time."
    )


class SchemeUnknown(ActionError):
    """There is no such scheme."""

    sentence = N_("There is no such coding scheme.")
    status: ClassVar[int] = 404


class SchemeTaken(ActionError):
    """Another scheme has that title."""

    sentence = N_("There is a coding scheme called “%(title)s” already.")
    status: ClassVar[int] = 409


class SchemeInUse(ActionError):
    """The round's interviews have codes of its scheme."""

    sentence = N_("The round's interviews have codes already. It cannot change to another scheme.")
    status: ClassVar[int] = 409


class CodeOfSchemeUnknown(ActionError):
    """The scheme has no such code."""

    sentence = N_("The coding scheme has no such code. It may have been merged with another one.")
    status: ClassVar[int] = 404


class CodeNameInvalid(ActionError):
    """The name cannot be a variable's."""

    sentence = N_(
        "“%(name)s” cannot be a variable's name. Use small letters a–z, digits and _, a letter "
        "first, at most 24 characters."
    )
    status: ClassVar[int] = 422


class CodeNameTaken(ActionError):
    """Another code of the scheme has that name."""

    sentence = N_("The coding scheme has a code “%(name)s” already.")
    status: ClassVar[int] = 409


class CodeBelowItself(ActionError):
    """A code was to stand under itself."""

    sentence = N_("A code cannot stand under itself, or under a code below it.")
    status: ClassVar[int] = 409


class CodeInUse(ActionError):
    """Passages have the code, or other codes stand under it."""

    sentence = N_("“%(name)s” is used, or has codes under it. Merge it with another code instead.")
    status: ClassVar[int] = 409


class SameCode(ActionError):
    """A code was to be merged with itself."""

    sentence = N_("Choose another code: a code cannot be merged with itself.")
    status: ClassVar[int] = 422


class InterviewNotThere(ActionError):
    """There is no such interview to code, or its coder may not see it now."""

    sentence = N_("There is no such interview to code.")
    status: ClassVar[int] = 404


class TextChanged(ActionError):
    """The note was corrected while somebody was coding it."""

    sentence = N_(
        "The note was corrected in the meantime. Reload the page, and choose the passage again."
    )
    status: ClassVar[int] = 409


class NothingChosen(ActionError):
    """The passage is empty or lies outside the note."""

    sentence = N_("Choose a passage of the text first.")
    status: ClassVar[int] = 422


class NoCodeChosen(ActionError):
    """A passage was to be kept without a code."""

    sentence = N_("Choose at least one code.")
    status: ClassVar[int] = 422


class SegmentUnknown(ActionError):
    """There is no such coded passage."""

    sentence = N_("There is no such coded passage. Somebody may have removed it.")
    status: ClassVar[int] = 404


class PassageTaken(ActionError):
    """Another coded passage stands at exactly that place."""

    sentence = N_("Exactly that passage is coded already. Change its codes instead.")
    status: ClassVar[int] = 409


class QuotationUnknown(ActionError):
    """There is no such quotation to be seen."""

    sentence = N_("There is no such quotation. It may have been removed, or its note corrected.")
    status: ClassVar[int] = 404


class QuotationRefused(ActionError):
    """A quotation may not leave as it is."""

    sentence = N_("It cannot be approved. %(why)s")
    status: ClassVar[int] = 422
