"""Results: read what was stored, and hand on only what may be shown of it."""
