"""The settings sheet: name, version, languages, and who may answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from forms.compile.columns import Column, breaks_compiler, standard_name
from forms.compile.vocabulary import SUPPORTED, UNSUPPORTED
from forms.instrument import ChoiceList, Group, Instrument, Mode
from forms.languages import SOURCE_LANGUAGE, Texts, tag_of
from forms.problems import Level, ProblemCode, Problems
from forms.workbook import SETTINGS, SURVEY, Row, Sheet

UNITS = ("", "case", "team", "pupil", "milestone", "school", "district")
# Of the calendar; or a campaign, or from the unit's own start or end.
PERIODS = ("", "month", "term", "year", "campaign", "every-8-weeks", "12-weeks-after")
OWN_PERIOD = re.compile(r"every-[1-9]\d?-weeks|[1-9]\d?-weeks-after")
# Several headers that mean the same; the first that is filled in counts.
_SYNONYMS = (
    ("form_id", "set_form_id", "id_string"),
    ("form_title", "set_form_title", "title"),
)
_NOT_A_SLUG = re.compile(r"[^a-z0-9_-]+")
_NO_ROW = Row(2, {})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings sheet says, with the defaults filled in."""

    name: str
    version: str
    title: Texts
    default_language: str
    mode: Mode
    unit: str
    period: str

    def instrument(
        self,
        root: Group,
        order: tuple[str, ...],
        languages: tuple[str, ...],
        lists: Mapping[str, ChoiceList],
    ) -> Instrument:
        """Put the instrument together from its parts."""
        return Instrument(
            name=self.name,
            version=self.version,
            title=self.title,
            default_language=self.default_language,
            languages=languages,
            mode=self.mode,
            unit=self.unit,
            period=self.period,
            root=root,
            order=order,
            lists=lists,
        )


def read_settings(
    sheet: Sheet, fallback_name: str, problems: Problems, languages: Sequence[str] = ()
) -> Settings:
    """Read the one row of settings; whatever is not set takes its default.

    Args:
        languages: Tags of the labels' languages, which the default language is one of.
    """
    row = sheet.rows[0] if sheet.rows else _NO_ROW
    _judge_columns(sheet, row, problems)
    _judge_rows(sheet, problems)
    default_language = _default_language(row, languages, problems)
    name = _name(row, fallback_name, problems)
    mode = _one_of(row, "sa_mode", [mode.value for mode in Mode], problems) or Mode.ANONYMOUS.value
    unit = _one_of(row, "sa_unit", UNITS, problems)
    if unit and mode == Mode.ANONYMOUS.value:
        problems.add(ProblemCode.ANONYMOUS_UNIT, value=unit, **_place(row, "sa_unit"))
    return Settings(
        name=name,
        version=_value(row, "version") or "1",
        title=_titles(row, default_language, name, problems),
        default_language=default_language,
        mode=Mode(mode),
        unit=unit,
        period=_period(row, problems),
    )


def _judge_columns(sheet: Sheet, row: Row, problems: Problems) -> None:
    for header in sheet.headers:
        name, rest = standard_name(SETTINGS, header)
        place: dict[str, Any] = {"sheet": SETTINGS, "row": 1, "column": header}
        if not row.cells.get(header):
            continue
        column = Column(header, name, rest=rest, is_open=header.rstrip().endswith(":"))
        if code := breaks_compiler(SETTINGS, column):
            is_title = name in ("form_title", "title", "set_form_title")
            code = ProblemCode.TITLE_TRANSLATED if is_title and rest else code
            problems.add(code, name=name, **place)
        elif name not in SUPPORTED[SETTINGS]:
            _judge_name(name, place, problems)


def _judge_name(name: str, place: Mapping[str, Any], problems: Problems) -> None:
    if level := UNSUPPORTED[SETTINGS].get(name):
        problems.add(ProblemCode.COLUMN_UNUSED, level, **place)
    elif close := get_close_matches(name, SUPPORTED[SETTINGS], n=1, cutoff=0.8):
        problems.add(ProblemCode.COLUMN_UNKNOWN, suggestion=close[0], **place)
    elif name.startswith("sa_"):
        problems.add(ProblemCode.COLUMN_UNKNOWN, suggestion="sa_mode", **place)
    else:
        problems.add(ProblemCode.COLUMN_UNUSED, Level.WARNING, **place)


def _judge_rows(sheet: Sheet, problems: Problems) -> None:
    """Say what has no effect: rows below the first, and a second header of the same meaning."""
    for row in sheet.rows[1:]:
        problems.add(
            ProblemCode.SETTINGS_ROW_UNUSED, Level.WARNING, sheet=SETTINGS, row=row.number, first=2
        )
    for names in _SYNONYMS:
        found = [h for h in sheet.headers if standard_name(SETTINGS, h) in [(n, "") for n in names]]
        for header in found[1:]:
            problems.add(ProblemCode.COLUMN_TWICE, sheet=SETTINGS, row=1, column=header)


def _name(row: Row, fallback_name: str, problems: Problems) -> str:
    written = _value(row, "form_id", "id_string")
    name = _slug(written or fallback_name)
    if not name:
        problems.add(ProblemCode.COLUMN_MISSING, sheet=SETTINGS, column="form_id")
    elif written and name != written.lower():
        problems.add(ProblemCode.FORM_ID_CHANGED, Level.ADVICE, name=name, **_place(row, "form_id"))
    return name


def _value(row: Row, *names: str) -> str:
    by_name = {header.strip().lower().replace(" ", "_"): v for header, v in row.cells.items()}
    aliases = [*names, *(f"set_{name}" for name in names)]
    return next((by_name[name] for name in aliases if by_name.get(name)), "")


def _slug(text: str) -> str:
    return _NOT_A_SLUG.sub("-", text.strip().lower()).strip("-")[:64]


def _place(row: Row, column: str) -> dict[str, Any]:
    return {"sheet": SETTINGS, "row": row.number, "column": column}


def _one_of(row: Row, column: str, allowed: tuple[str, ...] | list[str], problems: Problems) -> str:
    value = _value(row, column).lower()
    if value and value not in allowed:
        listed = ", ".join(word for word in allowed if word)
        problems.add(
            ProblemCode.SETTING_INVALID, value=value, allowed=listed, **_place(row, column)
        )
        return ""
    return value


def _period(row: Row, problems: Problems) -> str:
    """Read how often something is asked; any number of weeks stands for the two that are listed."""
    written = _value(row, "sa_period").lower()
    return (
        written if OWN_PERIOD.fullmatch(written) else _one_of(row, "sa_period", PERIODS, problems)
    )


def _default_language(row: Row, languages: Sequence[str], problems: Problems) -> str:
    written = _value(row, "default_language")
    if not written or written == "default":
        return next(iter(languages), SOURCE_LANGUAGE)
    tag = tag_of(written)
    if tag is None:
        problems.add(
            ProblemCode.DEFAULT_LANGUAGE_MISSING,
            Level.WARNING,
            value=written,
            **_place(row, "default_language"),
        )
    return tag or SOURCE_LANGUAGE


def _titles(row: Row, default_language: str, name: str, problems: Problems) -> Texts:
    titles = {default_language: _value(row, "form_title", "title") or name}
    for header, text in row.cells.items():
        column, language = standard_name(SETTINGS, header)
        if column != "sa_title":
            continue
        tag = tag_of(language) if language else default_language
        if tag is None:
            problems.add(ProblemCode.LANGUAGE_UNKNOWN, sheet=SETTINGS, row=1, column=header)
        else:
            titles[tag] = text
    return titles


def label_languages(headers: Sequence[str]) -> tuple[str, ...]:
    """Give the languages of the label columns, Swedish first if it is one of them.

    A label without a language is taken as Swedish.
    """
    columns = [standard_name(SURVEY, header) for header in headers]
    written = [language for name, language in columns if name == "label"]
    tags = [tag_of(language) if language else SOURCE_LANGUAGE for language in written]
    found = [tag for tag in tags if tag]
    return tuple(sorted(found, key=lambda tag: tag != SOURCE_LANGUAGE))
