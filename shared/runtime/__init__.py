"""Settings, logging, signals and the worker's loops."""
