"""How matching grows: the same work on a tenth of the people and on all of them."""
