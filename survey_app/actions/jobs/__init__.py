"""Large coded files: made by a process of its own, kept for a day, removed when they must be."""
