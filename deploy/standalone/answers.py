"""What the command answers when it cannot do what it was asked: a sentence and an exit code, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from deploy.standalone.folder import Unusable
from shared.kernel.errors import DomainError
from shared.runtime.settings import WrongSettings

UNWELL, WRONG, CLOSED, FOLDER, STOPPED = 1, 2, 3, 4, 130


@contextmanager
def answering() -> Iterator[None]:
    """Around everything that a command does."""
    try:
        yield
    except BrokenPipeError:
        raise
    except Unusable as error:
        stop(str(error), FOLDER)
    except WrongSettings as error:
        stop(f"settings: {error}", WRONG)
    except (DomainError, ValueError, OSError) as error:
        stop(str(error), CLOSED)


def stop(text: str, code: int) -> NoReturn:
    """Ends the process."""
    click.echo(f"ithaca: {text}", err=True)
    raise SystemExit(code)
