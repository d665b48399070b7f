"""Scripts, styles and fonts of the portal, and how they are built."""
