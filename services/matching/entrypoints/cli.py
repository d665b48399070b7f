"""The command line of matching: `python -m services.matching.entrypoints.cli dead-letters list`."""

from services.matching import bootstrap
from services.matching.application import Matching
from services.matching.entrypoints.directory_command import directory
from services.matching.entrypoints.worker import open_worker
from services.matching.settings import from_environment
from shared.runtime.cli import commands
from shared.runtime.engines import open_backbone, open_log

main = commands(lambda: open_worker(from_environment()))


def open_matching() -> Matching:
    """Without loops: what it changes is published by the worker."""
    settings = from_environment()
    return bootstrap.build(settings, open_backbone("matching", settings.store_url, open_log(settings.events_url)))


main.add_command(directory(open_matching))

if __name__ == "__main__":
    main()
