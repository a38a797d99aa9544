"""Coding: schemes of codes, passages that are given codes, and what happens when a note changes."""
