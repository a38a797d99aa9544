"""The rules, each a function from a form to its problems, in the order of their topics."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from forms.lint.form import Form
from forms.lint.rules.anonymity import free_text, identifying, required
from forms.lint.rules.conditions import codes_in_conditions
from forms.lint.rules.labels import double_spaces, long_labels, same_labels
from forms.lint.rules.layout import groups_of_notes
from forms.lint.rules.messages import constraint_messages
from forms.lint.rules.missing import missing_in_range, missing_unmarked
from forms.lint.rules.negation import double_negation, negated_stem
from forms.lint.rules.reading import hard_pages, hard_texts, long_sentences
from forms.lint.rules.scales import many_alternatives, missing_last, same_scale
from forms.lint.rules.translations import placeholders, untranslated
from forms.problems import Problem

Rule = Callable[[Form], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    # Reading
    hard_texts,
    hard_pages,
    long_sentences,
    double_negation,
    negated_stem,
    # Answers
    same_scale,
    missing_last,
    many_alternatives,
    missing_unmarked,
    missing_in_range,
    same_labels,
    # Anonymity
    identifying,
    free_text,
    required,
    # Languages
    placeholders,
    untranslated,
    # Texts and logic
    double_spaces,
    long_labels,
    groups_of_notes,
    codes_in_conditions,
    constraint_messages,
)
