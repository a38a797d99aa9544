"""The coders' pages: what there is to code, the desk where it is done, and the schemes of codes."""

from __future__ import annotations

from survey_app.coding import codes, desk, double, files, lists, quotes, schemes, words
from survey_app.coding.blueprint import bp

__all__ = ["bp", "codes", "desk", "double", "files", "lists", "quotes", "schemes", "words"]
