"""What stands where no number stands, and the words for it (R10)."""

from __future__ import annotations

from enum import Enum, unique

from forms.marking import N_


@unique
class Symbol(Enum):
    """The sign that is printed; `words` is what a screen reader says, marked for translators."""

    HIDDEN = ".."
    NOT_COLLECTED = "."
    ZERO = "0"
    NOT_APPLICABLE = "–"

    @property
    def words(self) -> str:
        """Say in words what the sign means."""
        return _WORDS[self]


_WORDS = {
    Symbol.HIDDEN: N_("hidden, because the group is small"),
    Symbol.NOT_COLLECTED: N_("not collected"),
    Symbol.ZERO: N_("none"),
    Symbol.NOT_APPLICABLE: N_("not applicable"),
}
