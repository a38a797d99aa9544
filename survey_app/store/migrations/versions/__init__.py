"""One file per step, each named by what it brings."""
