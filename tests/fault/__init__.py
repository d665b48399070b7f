"""kill -9 while the story runs, and the ledger that judges: `make fault`."""
