"""The built files stay light, ours alone, and free of machine addresses."""

import gzip
import json
import re
from pathlib import Path

import pytest

from services.portal.assets import build

LIMITS = {"portal.js": 60_000, "portal.css": 25_000}


@pytest.fixture(scope="module")
def manifest() -> dict[str, str]:
    build.main()
    found: dict[str, str] = json.loads((build.STATIC / "manifest.json").read_text())
    return found


def built(manifest: dict[str, str], name: str) -> bytes:
    return (build.STATIC / manifest[name]).read_bytes()


@pytest.mark.parametrize("name", LIMITS)
def test_a_page_stays_light(manifest: dict[str, str], name: str) -> None:
    weight = len(gzip.compress(built(manifest, name), 9))

    assert weight < LIMITS[name], f"{name} weighs {weight} bytes"


def test_no_font_of_gds_is_named_or_shipped(manifest: dict[str, str]) -> None:
    assert b"GDS Transport" not in built(manifest, "portal.css")
    assert {file.name.split("-")[0] for file in build.STATIC.glob("*.woff2")} == {"newsreader", "source"}


def test_styles_load_nothing_from_elsewhere(manifest: dict[str, str]) -> None:
    addresses = re.findall(rb"url\(\"?([^)\"]+)", built(manifest, "portal.css"))

    assert all(address.startswith((b"./", b"data:image/svg+xml")) for address in addresses)


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((build.HERE / "package-lock.json").read_text())

    assert all("resolved" not in package for package in lock["packages"].values())


def test_versions_are_exact() -> None:
    package = json.loads((build.HERE / "package.json").read_text())

    for version in {**package["dependencies"], **package["devDependencies"]}.values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_building_again_changes_nothing(manifest: dict[str, str]) -> None:
    before = {file: file.stat().st_mtime_ns for file in build.STATIC.iterdir()}

    build.main()

    assert {file: file.stat().st_mtime_ns for file in build.STATIC.iterdir()} == before


def test_built_files_are_not_committed() -> None:
    ignored = (Path(build.HERE).parents[2] / ".gitignore").read_text().splitlines()

    assert {"node_modules", "services/portal/static"} <= set(ignored)
