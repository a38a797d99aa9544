"""Data as CSV with the syntax that reads it into SPSS or Stata, for whoever keeps scripts."""
