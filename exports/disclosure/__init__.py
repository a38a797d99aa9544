"""What may be shown about small groups; docs/disclosure.md has the rules in plain words."""
