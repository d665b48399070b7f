"""The MongoDB document engine: the portable subset only."""
