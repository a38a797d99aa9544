"""What came of a questionnaire, as figures that may be shown: nothing hidden leaves here."""
