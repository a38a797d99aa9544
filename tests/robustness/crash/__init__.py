"""What a server that falls must not lose."""
