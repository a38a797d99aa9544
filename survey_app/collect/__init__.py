"""The page loop that all modes share: what was posted becomes answers, or a page to mend."""
