"""The package: CSV files, what they mean for programs, and scripts that read them."""
