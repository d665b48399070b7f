"""The events that surveys publishes: how pairs are going, in ids and facts, never in answers."""
