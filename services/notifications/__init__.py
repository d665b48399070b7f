"""Notifications: the right person, the right time."""
