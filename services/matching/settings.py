"""Everything the environment can change about matching."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.matching.domain.sound import BadDetails, require_zone
from services.matching.domain.suppression import LOWEST, Suppression
from shared.runtime.settings import Reader, ServiceSettings, address_of_pages, of_every_service


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    """One mentor has `mentor_seats` pairs and circles at once in all programmes together; 0: any number.
    `directory_language` and `directory_time_zone` count for people of whom the directory says neither. A directory
    file with which more than `directory_most_leaving` percent of the people would leave must be confirmed. Within 24
    hours one programme may have `runs_a_day` matching runs for everybody and as many trials of rules, and `lists_a_day`
    lists of people to invite and as many campaigns; 0: any number. No figure of a group is of fewer than
    `smallest_group` people. `erasure_key` is secret and hides the names of those who were erased; links of promotion
    kits lead to the pages at `public_url`."""

    directory_language: str = "en"
    directory_time_zone: str = "Etc/UTC"
    directory_most_leaving: int = 10
    mentor_seats: int = 0
    runs_a_day: int = 100
    lists_a_day: int = 100
    smallest_group: int = Suppression.least
    erasure_key: str = field(default="", repr=False)
    public_url: str = "http://127.0.0.1:8080"


def read(environ: Mapping[str, str]) -> Settings:
    """Raises WrongSettings naming everything that is missing or wrong."""
    reader = Reader(environ)
    settings = Settings(
        **of_every_service(reader),
        directory_language=reader.text("DIRECTORY_LANGUAGE", "en"),
        directory_time_zone=reader.parsed("DIRECTORY_TIME_ZONE", "Etc/UTC", _zone, ""),
        directory_most_leaving=reader.number("DIRECTORY_MOST_LEAVING", 10),
        mentor_seats=reader.number("MENTOR_SEATS", 0),
        runs_a_day=reader.number("RUNS_A_DAY", 100),
        lists_a_day=reader.number("LISTS_A_DAY", 100),
        smallest_group=reader.parsed("SMALLEST_GROUP", str(Suppression.least), _group, Suppression.least),
        erasure_key=reader.secret("ERASURE_KEY"),
        public_url=reader.parsed("PUBLIC_URL", "http://127.0.0.1:8080", address_of_pages, ""),
    )
    reader.done()
    return settings


def _zone(text: str) -> str:
    try:
        require_zone("", text)
    except BadDetails as error:
        raise ValueError(str(error)) from None
    return text


def _group(text: str) -> int:
    if (number := int(text)) < LOWEST:
        raise ValueError(f"a number from {LOWEST} on is needed: figures of fewer people are figures of somebody")
    return number


def from_environment() -> Settings:
    """The settings of this process."""
    return read(os.environ)  # noqa: TID251 - the one place
