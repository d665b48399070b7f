"""How Ithaca is put into operation."""
