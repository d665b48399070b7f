"""Ways into community: HTTP, events, command line, and the two processes."""
