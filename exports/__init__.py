"""Coded tables and files: codebook, coding, summaries, writers."""
