"""The events that notifications publishes."""
