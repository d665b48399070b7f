"""The command line of community: `python -m services.community.entrypoints.cli dead-letters list`."""

from services.community.entrypoints.worker import open_worker
from services.community.settings import from_environment
from shared.runtime.cli import commands

main = commands(lambda: open_worker(from_environment()))

if __name__ == "__main__":
    main()
