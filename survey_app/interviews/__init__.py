"""The interviewers' pages: their cases, each with its consent and its notes."""

from __future__ import annotations

from survey_app.interviews import cases, consents, drafts, guide, sample, scans, transcripts
from survey_app.interviews.blueprint import bp

__all__ = ["bp", "cases", "consents", "drafts", "guide", "sample", "scans", "transcripts"]
