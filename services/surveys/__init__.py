"""Surveys: how it is going."""
