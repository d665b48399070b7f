"""How often a programme asks how it goes, and how long it waits for an answer."""

from dataclasses import dataclass

from shared.kernel.errors import Invalid


class BadCadence(Invalid):
    """The days do not fit each other."""

    code = "bad-cadence"


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """All in days; as told in the programme's events. `close_days`: of flash pairs, from the check-in to the end;
    `closing_days`: of all others, how long before its end the last weeks of a pair begin."""

    check_in_days: tuple[int, ...] = (12, 30)
    check_in_every_days: int = 30
    check_in_answer_days: int = 7
    check_in_reminder_days: int = 3
    case_days: int = 3
    close_days: int = 14
    closing_days: int = 28

    def require_sound(self) -> None:
        """Raises BadCadence."""
        if not self.check_in_days or list(self.check_in_days) != sorted(set(self.check_in_days)):
            raise BadCadence("check_in_days must be given, rising")
        if min(self.check_in_days[0], self.check_in_every_days, self.check_in_answer_days, self.case_days,
               self.close_days, self.closing_days) < 1:
            raise BadCadence("a cadence counts in days from 1 on")
        if not 0 < self.check_in_reminder_days < self.check_in_answer_days:
            raise BadCadence("the reminder comes before the answer is due")
