"""A container as far as it goes without an engine: the image's files, which may not be written, and no rights."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.architecture.image import Image, of_image

NO_RIGHTS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs")
"""Takes from root what lets it write where the permissions of a file do not."""


@dataclass
class Container:
    """`volumes` may be written; everything of the image is read-only."""

    image: Image
    volumes: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.volumes / "tmp").mkdir(parents=True, exist_ok=True)
        subprocess.run(["chmod", "-R", "a-w", str(self.image.code)], check=True)

    @contextmanager
    def running(self, module: str) -> Iterator["subprocess.Popen[str]"]:
        """What the image's entry point does with the name of a module. Killed at the end where it has not ended."""
        process = subprocess.Popen(self._command(module), cwd=self.image.code, env=self._environ(), text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def run(self, module: str) -> str:
        """What it says until it ends well."""
        with self.running(module) as process:
            said, _ = process.communicate(timeout=240)
            assert process.returncode == 0, said[-3000:]
            return said

    def _command(self, module: str) -> list[str]:
        rights = NO_RIGHTS if os.geteuid() == 0 and shutil.which("setpriv") else ()
        return [*rights, sys.executable, "-S", "-P", "-m", module]

    def _environ(self) -> dict[str, str]:
        system = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {**system, "HOME": "/nowhere", "TMPDIR": str(self.volumes / "tmp"), **self.environ, **self.image.environ}


def modules_run(service: str) -> list[str]:
    """The modules of ours that the Dockerfile runs while it makes the image."""
    runs = [step.value.split() for step in of_image(service) if step.word == "RUN"]
    return [words[2] for words in runs if words[:2] == ["python", "-m"] and words[2].startswith("services.")]


def build(image: Image, module: str) -> None:
    """As the Dockerfile runs it: before anything is read-only."""
    subprocess.run([sys.executable, "-S", "-P", "-m", module], cwd=image.code, env=image.environ, check=True)


def answered(process: "subprocess.Popen[str]", port: int, path: str) -> int:
    """The status, as soon as somebody listens."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code
        except (URLError, ConnectionError):
            time.sleep(0.1)
    process.kill()
    raise AssertionError(process.communicate()[0][-3000:])


def terminated(process: "subprocess.Popen[str]") -> float:
    """Seconds from SIGTERM to a good end."""
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0, said[-3000:]
    return time.monotonic() - begun
