"""Portal: pages for people."""
