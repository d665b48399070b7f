"""The command line of surveys: `python -m services.surveys.entrypoints.cli dead-letters list`."""

from services.surveys.entrypoints.worker import open_worker
from services.surveys.settings import from_environment
from shared.runtime.cli import commands

main = commands(lambda: open_worker(from_environment()))

if __name__ == "__main__":
    main()
