"""Coded interviews for other tools and for counting: REFI-QDA files, columns, quotes."""
