"""All services in one process on the embedded engines, and the `ithaca` command."""
