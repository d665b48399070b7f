"""The command line of notifications: `python -m services.notifications.entrypoints.cli dead-letters list`."""

from services.notifications.entrypoints.worker import open_worker
from services.notifications.settings import from_environment
from shared.runtime.cli import commands

main = commands(lambda: open_worker(from_environment()))

if __name__ == "__main__":
    main()
