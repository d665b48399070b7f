"""The services of Ithaca: each owns its words, its store and its events."""
