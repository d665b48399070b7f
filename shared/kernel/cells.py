"""Cells of tables that people open in a spreadsheet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would work out instead of showing, full-width signs among it."""


def harmless(cell: str) -> str:
    """A cell that would be a formula gets an apostrophe, which spreadsheets show as the text it is."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
