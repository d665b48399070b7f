"""Rules of contacts, messages and codes."""
