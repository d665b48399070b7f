"""Matching: who is with whom."""
