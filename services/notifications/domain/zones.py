"""Time zones as the directory names them, which is not always well."""

from zoneinfo import ZoneInfo


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name; UTC where nobody knows it: a mistake in the directory must not keep a mail back."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
