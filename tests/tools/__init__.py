"""Real programs for the tests: a browser, a spreadsheet, an HTML validator, our own server."""
