"""helm, built by Go once and kept by its version: `python -m tests.deploy.helm` fetches it; quick when it is there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache as once
from pathlib import Path
from typing import Any

import yaml

from tests.architecture.tree import ROOT
from tests.engines.cache import EngineMissing, ToolMissing, cache, make_once

VERSION = "4.3.1"
MODULE = f"helm.sh/helm/v4/cmd/helm@v{VERSION}"
CHART = ROOT / "deploy" / "helm" / "ithaca"
KUBERNETES = "1.36"

Object = dict[str, Any]


def folder() -> Path:
    return cache() / f"helm-{VERSION}"


def installed() -> Path:
    """The program. Raises EngineMissing."""
    program = folder() / "helm"
    if not program.is_file():
        _need_go()
        raise EngineMissing("helm is not installed: run `python -m tests.deploy.helm`")
    return program


def _need_go() -> None:
    if not shutil.which("go"):
        raise ToolMissing("go was not found: install Go 1.26 or newer, which builds helm")


def _build(place: Path) -> None:
    _need_go()
    done = subprocess.run(["go", "install", MODULE], env={**os.environ, "GOBIN": str(place)}, capture_output=True,
                          text=True, check=False)
    if done.returncode:
        raise EngineMissing(f"Go could not build helm:\n{done.stderr[-2000:]}")


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Raises EngineMissing."""
    homeless = {f"HELM_{name}_HOME": "/nowhere" for name in ("CACHE", "CONFIG", "DATA")}
    return subprocess.run([str(installed()), *arguments], env={**os.environ, **homeless}, capture_output=True,
                          text=True, check=False, timeout=120)


@once
def rendered(values: Path) -> list[Object]:
    """The objects that these values make, called `mentoring` and installed in `people`."""
    done = run("template", "mentoring", str(CHART), "--namespace", "people", "--values", str(values),
               "--kube-version", KUBERNETES)
    assert done.returncode == 0, done.stderr
    return [one for one in yaml.safe_load_all(done.stdout) if one]


def of_kind(objects: list[Object], kind: str) -> dict[str, Object]:
    """Those of one kind, by name."""
    return {str(one["metadata"]["name"]): one for one in objects if one["kind"] == kind}


def pods(objects: list[Object]) -> dict[str, Object]:
    """What a pod of each Deployment is."""
    return {name: one["spec"]["template"]["spec"] for name, one in of_kind(objects, "Deployment").items()}


def environ_of(objects: list[Object], pod: Object, secrets: Mapping[str, str]) -> dict[str, str]:
    """What a process of this pod finds in its environment; `secrets` by the name of their key."""
    (container,) = pod["containers"]
    configured = of_kind(objects, "ConfigMap")
    found: dict[str, str] = {}
    for source in container["envFrom"]:
        found |= configured[source["configMapRef"]["name"]]["data"]
    for one in container["env"]:
        secret = one.get("valueFrom", {}).get("secretKeyRef")
        found[one["name"]] = secrets[secret["key"]] if secret else one["value"]
    return found


def main() -> int:
    """The exit code: a machine without Go tests the rest, unless everything must be there."""
    try:
        make_once(folder(), _build)
    except ToolMissing as missing:
        sys.stderr.write(f"THE CHART WILL NOT BE TESTED: {missing}\n")
        return int(os.environ.get("CI") == "true")
    except EngineMissing as missing:
        sys.exit(str(missing))
    sys.stdout.write(f"helm: {folder()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
