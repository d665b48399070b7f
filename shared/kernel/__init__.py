"""Pure parts: aggregates, events, time, identity and refusals."""
