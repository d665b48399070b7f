"""Whom somebody reports to beside their line manager, kept so that a manager's reports are found."""

from dataclasses import dataclass

from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id


@dataclass(kw_only=True)
class DottedLine(Aggregate):
    """As the person's own details say, which hold where the two differ: the line follows when their change is heard."""

    manager_id: str
    report_id: str

    @classmethod
    def between(cls, manager_id: str, report_id: str) -> "DottedLine":
        """There is one between two people."""
        return cls(id=derived_id("dotted-line", manager_id, report_id), manager_id=manager_id, report_id=report_id)
