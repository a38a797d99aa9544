"""Questionnaires as data: what an instrument is, and how its answers are checked."""
