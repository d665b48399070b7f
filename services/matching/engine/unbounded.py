"""The figure that stands for no pair at all."""

NOBODY = -(2**62)
"""Below every score less a price; its negative is above every one."""
