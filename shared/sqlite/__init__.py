"""The embedded document engine: one SQLite file a service."""
