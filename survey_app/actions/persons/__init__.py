"""One person: what stands about a pseudonym, and erasing it."""
