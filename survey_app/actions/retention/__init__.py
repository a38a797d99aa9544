"""Retention: how long each kind of data is kept, and erasing it for real when its time is over."""
