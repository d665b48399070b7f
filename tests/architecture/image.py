"""What deploy/docker/Dockerfile puts into the image of a service, laid out in a folder."""

import io
import shutil
import string
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath

from dockerfile_parse import DockerfileParser

from tests.architecture.test_requirements import pins
from tests.architecture.tree import ROOT, tracked

DOCKERFILE = ROOT / "deploy" / "docker" / "Dockerfile"
HOME = PurePosixPath("/app")


@dataclass(frozen=True)
class Step:
    """A line of the Dockerfile, and the stage that it belongs to."""

    stage: str
    word: str
    value: str


def steps(service: str) -> list[Step]:
    """Every line of the file as it reads for this service. The last stage has no name."""
    found, stage = [], ""
    for line in DockerfileParser(fileobj=io.BytesIO(DOCKERFILE.read_bytes())).structure:
        value = string.Template(line["value"]).safe_substitute(SERVICE=service)
        if line["instruction"] == "FROM":
            stage = value.partition(" AS ")[2]
        if line["instruction"] != "COMMENT":
            found.append(Step(stage, line["instruction"], value))
    return found


def of_image(service: str) -> list[Step]:
    """The lines that make the image, from its first stage to its last."""
    every, stage = steps(service), ""
    chain: list[Step] = []
    while lines := [one for one in every if one.stage == stage and one.word != "ARG"]:
        chain, stage = lines + chain, base_of(lines)
        if stage not in {one.stage for one in every}:
            return chain
    return chain


def base_of(lines: list[Step]) -> str:
    return next(one.value for one in lines if one.word == "FROM").partition(" AS ")[0]


def copied(service: str) -> Iterator[tuple[str, PurePosixPath]]:
    """Source in the checkout and place below /app of every COPY; what a stage built stands at the same place here."""
    for step in of_image(service):
        if step.word == "COPY":
            *sources, target = (word for word in step.value.split() if not word.startswith("--"))
            yield from ((source.removeprefix(f"{HOME}/"), HOME / target) for source in sources
                        if HOME in (HOME / target).parents)


def lay_out(service: str, folder: Path) -> Path:
    """Fills the folder with what /app of the image holds, and answers it."""
    for source, target in copied(service):
        for file in files_of(source):
            place = folder / target.relative_to(HOME) / file.relative_to(ROOT / source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
    return folder


def files_of(source: str) -> list[Path]:
    """Those that git knows, or that were built."""
    found = [path for path in tracked(source) if "node_modules" not in path.parts]
    return found or [path for path in (ROOT / source).rglob("*") if path.is_file()]


def requirements_of(service: str) -> str:
    """The list that the image installs."""
    return next(one.value.split()[0] for one in steps(service) if one.stage == "libraries" and one.word == "COPY")


def libraries(service: str, folder: Path) -> Path:
    """A `site-packages` with what the image installs and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for line in pins((ROOT / requirements_of(service)).read_text("utf-8")):
        installed = distribution(line.split("==")[0])
        for name in {file.parts[0] for file in installed.files or ()} - {"..", "__pycache__"}:
            (folder / name).symlink_to(str(installed.locate_file(name)))
    return folder


@dataclass(frozen=True)
class Image:
    """An image as a folder for code and one for libraries."""

    service: str
    code: Path
    site: Path

    @property
    def environ(self) -> dict[str, str]:
        """Python finds what the image holds, and nothing else but its own library when called with `-S -P`."""
        return {"PYTHONPATH": f"{self.code}:{self.site}", "PYTHONDONTWRITEBYTECODE": "1"}


def an_image(service: str, folder: Path) -> Image:
    return Image(service, lay_out(service, folder / "app"), libraries(service, folder / "libraries"))
