"""The events that matching publishes."""
