"""Everything the environment can change about community."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from shared.runtime.settings import Reader, ServiceSettings, of_every_service


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    """What every service can be told, and no more."""



def read(environ: Mapping[str, str]) -> Settings:
    """Raises WrongSettings naming everything that is missing or wrong."""
    reader = Reader(environ)
    settings = Settings(**of_every_service(reader))
    reader.done()
    return settings


def from_environment() -> Settings:
    """The settings of this process."""
    return read(os.environ)  # noqa: TID251 - the one place
