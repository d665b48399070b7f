"""The generated files: what they should hold, writing them, and saying which differ."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from shared.catalogue.asyncapi import asyncapi_of
from shared.catalogue.contracts import Catalogue, Contracts
from shared.catalogue.page import page_of
from shared.catalogue.schemas import Schema, schema_of, stem

PAGE = Path("docs/events.md")
RELEASE = Path("docs/contracts-release")


class _NoAliases(yaml.SafeDumper):
    """Writes every part out: `&id001` helps no reader."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the dumper's own signature
        return True


def generated(catalogue: Catalogue, root: Path) -> dict[Path, str]:
    """Path → text of every file that is made from the code."""
    files = {root / PAGE: page_of(catalogue)}
    for contracts in catalogue.services:
        files |= dict(_of_service(contracts, catalogue))
    return files


def _of_service(contracts: Contracts, catalogue: Catalogue) -> Iterator[tuple[Path, str]]:
    document = yaml.dump(asyncapi_of(contracts, catalogue), Dumper=_NoAliases, sort_keys=False, allow_unicode=True,
                         width=120)
    yield contracts.folder / "asyncapi.yaml", document
    for event in (*contracts.events, *contracts.inbound):
        yield contracts.folder / "schemas" / f"{stem(event.type)}.json", as_json(schema_of(event))
        yield contracts.folder / "examples" / f"{stem(event.type)}.json", as_json(contracts.example(event))


def as_json(value: Any) -> str:
    """As it is committed: readable, and with a line's end at the end."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def left_over(catalogue: Catalogue, files: Mapping[Path, str]) -> list[Path]:
    """Schemas and examples of events that are no more."""
    kept = [path for one in catalogue.services for part in ("schemas", "examples")
            for path in sorted((one.folder / part).glob("*.json"))]
    return [path for path in kept if path not in files]


def differing(catalogue: Catalogue, root: Path) -> list[Path]:
    """Files that are missing, out of date or left over."""
    files = generated(catalogue, root)
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return stale + left_over(catalogue, files)


def write(catalogue: Catalogue, root: Path) -> list[Path]:
    """Brings them up to date; answers which were not."""
    files, changed = generated(catalogue, root), differing(catalogue, root)
    for path in changed:
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8")
        else:
            path.unlink()
    return changed


def present_schemas(catalogue: Catalogue) -> dict[str, Schema]:
    """Schema by type, as the code stands."""
    return {event.type: schema_of(event) for one in catalogue.services for event in (*one.events, *one.inbound)}


def released_schemas(root: Path) -> dict[str, Schema]:
    """Schema by type, as last released."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((root / RELEASE).glob("*.json"))}


def release(catalogue: Catalogue, root: Path) -> int:
    """Makes the present schemas those that later ones are compared with; answers how many there are."""
    schemas = present_schemas(catalogue)
    (root / RELEASE).mkdir(parents=True, exist_ok=True)
    for name, schema in schemas.items():
        (root / RELEASE / f"{name}.json").write_text(as_json(schema), encoding="utf-8")
    return len(schemas)
