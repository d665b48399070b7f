"""A token for the broker that somebody else keeps fresh: a file, as Kubernetes mounts one."""

from pathlib import Path

from kafka.net.sasl.oauth import AbstractTokenProvider

from shared.kernel.errors import Unavailable


class FileTokens(AbstractTokenProvider):  # type: ignore[misc]
    """Read anew at every sign-in, so that a token that was replaced is the one that counts."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = Path(file)

    def token(self) -> str:
        """Raises Unavailable."""
        try:
            return self._file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeError):
            raise Unavailable(f"there is no token for Kafka in {self._file}") from None
