"""What can be done with the system, whoever asks: pages, commands or demo data."""
