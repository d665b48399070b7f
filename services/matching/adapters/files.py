"""Writes results: tables that no spreadsheet takes for formulas, and several files of which all appear or none."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from shared.kernel.cells import harmless


def table(rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def write_all(files: Mapping[Path, bytes]) -> None:
    """Writes everything beside its place first, then moves it there. Raises OSError with nothing moved before."""
    written: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            written.append((_beside(path, data), path))
        for beside, path in written:
            beside.replace(path)
    finally:
        for beside, _ in written:
            beside.unlink(missing_ok=True)


def _beside(path: Path, data: bytes) -> Path:
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(_mode(path))
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _mode(path: Path) -> int:
    """As the file that is replaced; a new one is its owner's alone, since it is about people."""
    return path.stat().st_mode & 0o777 if path.exists() else 0o600
