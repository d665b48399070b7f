"""What the engine says no to."""


class Refused(ValueError):
    """The input is not a problem: says which figure or which first entry is wrong. Nothing was solved."""
