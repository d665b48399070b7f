"""Ways into the portal."""
