"""Values worked out of a team's returns: each a named formula, None where it is undefined."""
