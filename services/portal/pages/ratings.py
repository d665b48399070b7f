"""What the two answered, check-in by check-in: as much of it as the services show to the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

LOW = 2
WITHOUT: dict[str, LazyString] = {
    "open": _l("open"),
    "missed": _l("no answer"),
    "excused": _l("left out"),
    "undeliverable": _l("not delivered"),
}


@dataclass(frozen=True)
class Rating:
    """A figure, or the word for why there is none."""

    text: str = "–"
    is_figure: bool = False
    is_low: bool = False


@dataclass(frozen=True)
class Asked:
    """One check-in of both sides."""

    opened_at: str
    by_role: Mapping[str, Rating]

    def of(self, role: str) -> Rating:
        return self.by_role.get(role, Rating())


def asked(check_ins: Iterable[Mapping[str, Any]] | None) -> list[Asked]:
    """The newest first; what is only planned stays out."""
    periods: dict[int, list[Mapping[str, Any]]] = {}
    for one in check_ins or []:
        if one.get("state") in (*WITHOUT, "answered"):
            periods.setdefault(int(one.get("period") or 0), []).append(one)
    return [of_period(periods[period]) for period in sorted(periods, reverse=True)]


def of_period(both: list[Mapping[str, Any]]) -> Asked:
    opened = min(str(one.get("opens_at") or "") for one in both)
    return Asked(opened, {str(one.get("role")): rating(one) for one in both})


def rating(check_in: Mapping[str, Any]) -> Rating:
    value = (check_in.get("answer") or {}).get("rating")
    if value is None:
        return Rating(str(WITHOUT.get(str(check_in.get("state")), "–")))
    return Rating(str(value), True, value <= LOW)
