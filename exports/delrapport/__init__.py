"""The half-yearly report as files: made of pictures that have passed the disclosure rules."""
