"""Aggregates in documents: the port that the engines fill, and the repository that services use."""
