"""The embedded event log: one SQLite file for all services."""
