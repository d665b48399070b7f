"""The command line of matching: `python -m services.matching.entrypoints.cli dead-letters list`."""

from services.matching.entrypoints.worker import open_worker
from services.matching.settings import from_environment
from shared.runtime.cli import commands

main = commands(lambda: open_worker(from_environment()))

if __name__ == "__main__":
    main()
