"""Ways into matching."""
