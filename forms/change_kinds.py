"""The catalogue of changes between versions: what each is called, and what it does to the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any

from forms.catalogue import ProblemCode
from forms.marking import N_

REFUSED = N_(
    "The answers of the versions could not share a column: it cannot be published under this name. "
    "If it asks something new, call it %(name)s_2, and write ${%(name)s_2} wherever ${%(name)s} "
    "stands."
)
SPLIT = N_("Its answers would be split between two columns: it cannot be published so.")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a change is, and what it does to the coded file, as sentences to translate.

    Attributes:
        problem: Why it cannot be published, when the versions would contradict each other.
    """

    sentence: str
    effect: str
    problem: ProblemCode | None = None


def _refused(problem: ProblemCode, effect: str = REFUSED) -> Meaning:
    return Meaning(problem.value, effect, problem)


@unique
class ChangeKind(Enum):
    """One entry per kind of change; conflicts say the same as their problem."""

    # The questionnaire
    SETTING_CHANGED = Meaning(
        N_('The setting %(column)s is "%(new)s" instead of "%(old)s".'),
        N_("No column changes."),
    )
    LANGUAGE_ADDED = Meaning(
        N_("The questionnaire speaks %(language)s too."),
        N_("Files in that language have labels in it."),
    )
    LANGUAGE_REMOVED = Meaning(
        N_("The questionnaire no longer speaks %(language)s."),
        N_("Files in that language have labels in the default language."),
    )

    # Questions and groups
    ADDED = Meaning(
        N_('The question "%(name)s" is new.'),
        N_("It gets columns of its own, which are NAP in rows of earlier versions."),
    )
    REMOVED = Meaning(
        N_('The question "%(name)s" is no longer asked.'),
        N_("Files of several versions keep its columns, which are NAP in rows of this version."),
    )
    MOVED = Meaning(
        N_('The question "%(name)s" stands in another place.'),
        N_("Its columns move with it."),
    )
    GROUP_ADDED = Meaning(N_('The group "%(name)s" is new.'), N_("Its questions decide."))
    GROUP_REMOVED = Meaning(
        N_('The group "%(name)s" is gone.'),
        N_("Its questions decide. A repeat's table stays in files of several versions."),
    )

    # Words
    RELABELLED = Meaning(
        N_('The %(column)s of "%(name)s" in %(language)s is "%(new)s" instead of "%(old)s".'),
        N_("Labels are those of the newest version; codes stay."),
    )
    CHOICE_RELABELLED = Meaning(
        N_(
            'The code %(code)s of "%(name)s" is called "%(new)s" instead of "%(old)s" '
            "(%(language)s)."
        ),
        N_("All versions show the newest label; check that it means the same."),
    )

    # Alternatives
    CHOICE_ADDED = Meaning(
        N_('"%(name)s" has a new alternative, %(code)s.'),
        N_("The code is new; a column of its own is NAP in rows of earlier versions."),
    )
    CHOICE_REMOVED = Meaning(
        N_('"%(name)s" no longer has the alternative %(code)s.'),
        N_("Files of several versions keep the code; a column of its own is NAP in new rows."),
    )

    # What is asked, taken and computed
    TYPE_CHANGED = Meaning(
        N_('The type of "%(name)s" is %(new)s instead of %(old)s.'),
        N_("Its answers are coded as before."),
    )
    LOGIC_CHANGED = Meaning(
        N_('The %(column)s of "%(name)s" is "%(new)s" instead of "%(old)s".'),
        N_("Codes stay; who was asked, or what was taken, differs between versions."),
    )
    COMPUTED_ANEW = Meaning(
        N_('The %(column)s of "%(name)s" is "%(new)s" instead of "%(old)s"; its values differ.'),
        N_("The column holds values that were computed in different ways; _version tells which."),
    )
    SHOWN_ANEW = Meaning(
        N_('The %(column)s of "%(name)s" is "%(new)s" instead of "%(old)s", thus its look.'),
        N_("Codes stay."),
    )
    DIMENSION_GIVEN = Meaning(
        N_('"%(name)s" belongs to the dimension %(new)s now.'),
        N_("The index counts it in rows of this version only."),
    )

    # What cannot be published under the same name
    RECODED = _refused(ProblemCode.NAME_HAS_OTHER_CODES)
    MISSING_CHANGED = _refused(ProblemCode.NAME_HAS_OTHER_MISSING)
    TYPE_RECODED = _refused(ProblemCode.NAME_HAS_OTHER_TYPE)
    REPEAT_CHANGED = _refused(ProblemCode.NAME_IN_OTHER_REPEAT)
    COLUMN_CHANGED = _refused(ProblemCode.NAME_OF_OTHER_COLUMN, SPLIT)
    DIMENSION_CHANGED = _refused(ProblemCode.NAME_IN_OTHER_DIMENSION)
    REVERSE_CHANGED = _refused(ProblemCode.NAME_REVERSED)
    SCALE_CHANGED = _refused(ProblemCode.NAME_HAS_OTHER_SCALE)


# A kind with the gaps of its sentence, before it is known where it stands.
Finding = tuple[ChangeKind, Mapping[str, Any]]
