"""Nobody is mentored by somebody of their own reporting line: neither by a run nor by hand."""

from services.matching.domain.matchmaking.rulebook import Bar, HardRule

SECOND_MANAGER = "second_manager"
"""Column that holds the manager's manager."""

REPORTING_LINE = (
    HardRule(name="own manager", kind=Bar.NOT_MANAGER, mentor="id", mentee="manager"),
    HardRule(name="own report", kind=Bar.NOT_MANAGED, mentor="manager", mentee="id"),
    HardRule(name="manager's manager", kind=Bar.NOT_MANAGER, mentor="id", mentee=SECOND_MANAGER),
    HardRule(name="report's report", kind=Bar.NOT_MANAGED, mentor=SECOND_MANAGER, mentee="id"),
    HardRule(name="same manager", kind=Bar.DIFFER, mentor="manager", mentee="manager"),
)
"""What every rulebook of a programme holds besides its own rules."""
