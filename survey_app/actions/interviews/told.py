"""What is known of a case, as it stands beside its answers in files."""

from __future__ import annotations

from collections.abc import Mapping

from forms.marking import N_
from survey_app.store.interviews import InterviewCase

CASE = "_case"
# Column -> label.
TOLD: Mapping[str, str] = {
    CASE: N_("The case's pseudonym"),
    "_role": N_("Whose interview it is"),
    "_group": N_("Group of the sample"),
    "_gender": N_("Gender"),
    "_year_group": N_("School years"),
    "_district": N_("District"),
    "_recruited": N_("Who asked the person to take part"),
    "_language": N_("Language of the interview"),
    "_interpreter": N_("An interpreter was needed (1) or not (0)"),
}


def told_of(case: InterviewCase) -> dict[str, str]:
    """Give what is known, by column; nothing of what is not."""
    values = {
        CASE: case.code,
        "_role": case.role,
        "_group": case.group,
        "_gender": case.gender,
        "_year_group": case.year_group,
        "_district": case.district,
        "_recruited": case.recruited,
        "_language": case.language,
        "_interpreter": str(int(case.has_interpreter)),
    }
    return {name: value for name, value in values.items() if value}
