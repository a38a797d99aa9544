"""In which words a file speaks: the author's in one language, ours through gettext."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exports.codebook import Codebook, Value, Variable
from forms.languages import Texts, text_in

Gettext = Callable[[str], str]


def untranslated(sentence: str) -> str:
    """Leave a sentence in English."""
    return sentence


@dataclass(frozen=True, slots=True)
class Wording:
    """A reader's language.

    Attributes:
        language: The tag that labels are wanted in.
        default_language: The instrument's own, where a label lacks the wanted one.
        gettext: Translates our sentences, which are marked in English.
    """

    language: str
    default_language: str
    gettext: Gettext = untranslated

    def ours(self, sentence: str, **gaps: object) -> str:
        """Translate one of our sentences and fill its gaps."""
        return self.gettext(sentence) % gaps if gaps else self.gettext(sentence)

    def authors(self, texts: Texts) -> str:
        """Choose the author's text."""
        return text_in(texts, self.language, self.default_language)[0]

    def label(self, labelled: Variable | Value) -> str:
        """Give the label of a variable or a code; "" when it has none."""
        if not labelled.phrase:
            return self.authors(labelled.label)
        gaps = labelled.gaps if isinstance(labelled, Variable) else {}
        return self.ours(labelled.phrase, **{name: self._filling(gaps[name]) for name in gaps})

    def _filling(self, gap: Texts | str) -> str:
        return gap if isinstance(gap, str) else self.authors(gap)


def wording_for(codebook: Codebook, language: str, gettext: Gettext = untranslated) -> Wording:
    """Speak about a codebook in a language."""
    return Wording(language, codebook.default_language, gettext)
