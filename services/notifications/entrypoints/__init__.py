"""Ways into notifications: HTTP, events, command line, and the two processes."""
