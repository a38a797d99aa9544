"""The screens that a questionnaire is previewed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.languages import _l


@dataclass(frozen=True, slots=True)
class Device:
    """A kind of screen: what it is called, and its size in CSS pixels."""

    word: str
    width: int
    height: int


DEVICES: Mapping[str, Device] = {
    "tablet": Device(_l("Tablet"), 834, 1112),
    "phone": Device(_l("Phone"), 390, 844),
    "desktop": Device(_l("Desktop"), 1280, 800),
}
