"""Ways into surveys: HTTP, events, command line, and the two processes."""
