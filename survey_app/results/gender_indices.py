"""The indices of an enkät by gender, as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext

from exports.charts.drawings import Dots, Series
from exports.charts.pictures import Picture
from exports.indices import TOP
from exports.results.enkat_genders import BOYS, GIRLS, OTHERS, REST, EnkatOfGender
from exports.results.printing import Printed
from survey_app.results.words import hidden_notes, printer, said


def indices_by_gender(areas: Sequence[str], classes: Sequence[EnkatOfGender]) -> Picture:
    """Show the index of each area for each class; or say that none can be shown."""
    title = gettext("Index by area and gender")
    if not classes:
        return Picture(
            name="by-gender",
            title=title,
            sentence=gettext(
                "Girls and boys are not shown apart, because one of the groups is smaller than ten."
            ),
            head=[gettext("Area")],
            rows=[[Printed(area)] for area in areas],
        )
    show = printer().figure
    words = [_word(each.name) for each in classes]
    values = [[show(mean) for mean in each.means] for each in classes]
    rows = [[Printed(area), *each] for area, *each in zip(areas, *values, strict=True)]
    return Picture(
        name="by-gender",
        title=title,
        sentence=" ".join(_sentence(row, words) for row in rows),
        head=[
            gettext("Area"),
            *(f"{word}, n = {show(of.n).text}" for word, of in zip(words, classes, strict=True)),
        ],
        rows=rows,
        notes=[*_merged(classes), *hidden_notes(rows)],
        drawing=Dots(
            list(areas), [Series(*pair) for pair in zip(words, values, strict=True)], 0, TOP
        ),
    )


def _word(name: str) -> str:
    words: Mapping[str, str] = {
        GIRLS: gettext("Girls"),
        BOYS: gettext("Boys"),
        REST: gettext("Other gender or no answer"),
        OTHERS: gettext("Boys, other gender or no answer"),
    }
    return words[name]


def _sentence(row: Sequence[Printed], words: Sequence[str]) -> str:
    area, *means = row
    figures = (f"{word} {said(mean)}" for word, mean in zip(words, means, strict=True))
    return f"{area.text}: {'; '.join(figures)}."  # a comma stands in Swedish numbers


def _merged(classes: Sequence[EnkatOfGender]) -> list[str]:
    if all(each.name != OTHERS for each in classes):
        return []
    return [
        gettext(
            "Boys are counted together with those who have another gender, would not answer or "
            "left it empty, because one of these groups is smaller than ten or has nobody."
        )
    ]
