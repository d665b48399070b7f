"""Community: learning together."""
