"""`python boot_alone.py <service>`: starts a service where nothing but `shared` and that service can be imported.

Its settings come from the environment. Prints one line for each thing that worked; a web process without a compiler of
machine code is light.
"""

import sys
from importlib import import_module
from importlib.abc import MetaPathFinder
from typing import Any

OURS = {"services", "deploy", "tests"}


class Alone(MetaPathFinder):
    """Refuses everything of ours that a service's image does not hold."""

    def __init__(self, service: str) -> None:
        self._service = service

    def find_spec(self, name: str, path: Any, target: Any = None) -> None:
        """None lets others look for it."""
        parts = name.split(".")
        if parts[0] in OURS and parts[:2] not in (["services"], ["services", self._service]):
            raise ModuleNotFoundError(f"{self._service} reaches for {name}, which its image does not hold")


def ways_in(service: str) -> None:
    """The web app answers, the worker turns once, the command line lists."""
    web = import_module(f"services.{service}.entrypoints.web")
    client = (web.open_app() if hasattr(web, "open_app") else web.app).test_client()
    for path in ("/livez", "/readyz"):
        print(path, client.get(path).status_code)
    print("light" if not {"numpy", "numba"} & set(sys.modules) else "heavy")
    if service != "portal":
        worker(service)


def worker(service: str) -> None:
    """Relay, consumer and clock find nothing to do; dead letters are none."""
    module = import_module(f"services.{service}.entrypoints.worker")
    settings = import_module(f"services.{service}.settings").from_environment()
    opened = module.open_worker(settings)
    print("settled", opened.settle())
    opened.stop()
    opened.backbone.close()
    opened.backbone.log.close()
    import_module(f"services.{service}.entrypoints.cli").main(["dead-letters", "list"], standalone_mode=False)
    print("listed")


if __name__ == "__main__":
    sys.meta_path.insert(0, Alone(sys.argv[1]))
    ways_in(sys.argv[1])
