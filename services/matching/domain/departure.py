"""Why somebody takes part in a programme no more, though the organisation still has them."""

from enum import StrEnum


class DepartureReason(StrEnum):
    """Said by themselves, or by a coordinator who takes them out. Coordinators read it; no event tells it."""

    NO_TIME = "no-time"
    NOT_AS_EXPECTED = "not-as-expected"
    NEED_IS_MET = "need-is-met"
    OTHER_WORK = "other-work"
    SILENT = "silent"
    NOT_ELIGIBLE = "not-eligible"
    OTHER = "other"
