"""`python -S -P boot_alone.py <service>`: starts a service where nothing but what its image holds can be imported.

Its settings come from the environment. Prints one line for each thing that worked; a web process without a compiler of
machine code is light.
"""

import sys
from importlib import import_module
from pkgutil import walk_packages


def ways_in(service: str) -> None:
    """The web app answers, the worker turns once, the command line lists."""
    client = import_module(f"services.{service}.entrypoints.web").open_app().test_client()
    for path in ("/livez", "/readyz"):
        print(path, client.get(path).status_code)
    print("light" if not {"numpy", "numba"} & set(sys.modules) else "heavy")
    if service != "portal":
        worker(service)


def everything(service: str) -> None:
    """Whatever is imported late can be imported too; the catalogue's tools are for whoever develops."""
    for package in (import_module("shared"), import_module(f"services.{service}")):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(("shared.catalogue", "services.portal.assets")):
                import_module(module.name)
    print("complete")


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
    ways_in(sys.argv[1])
    everything(sys.argv[1])
