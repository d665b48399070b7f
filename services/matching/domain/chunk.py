"""Jobs go on by chunks."""

CHUNK = 200
"""What a job takes at a tick, and rows of a document: a crash repeats no more, and the worker does other things
meanwhile."""
