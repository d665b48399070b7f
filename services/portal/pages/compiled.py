"""Templates as Python keeps its modules: compiled once, and beside their sources from then on."""

from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

HERE = Path(__file__).parent


class CompiledTemplates(FileSystemBytecodeCache):
    """What a filter makes of a constant is compiled in: code that changed makes them anew. Where nothing may be written
    every start compiles what it shows."""

    def __init__(self, templates: Path) -> None:
        folder = templates / "__pycache__"
        with suppress(OSError):
            folder.mkdir(exist_ok=True)
        super().__init__(str(folder))
        self._code = str(max(file.stat().st_mtime_ns for file in HERE.glob("*.py")))

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(self._code + source)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)
