"""What is kept, and how: tables, their migrations, the one writer of responses."""
