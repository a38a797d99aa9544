"""Interviews: cases and their consents, the sample, notes, and rows of the coded file."""
