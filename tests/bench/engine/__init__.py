"""The matching engine against the best that can be installed, side by side."""
