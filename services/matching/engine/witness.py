"""Why somebody of a pool has no mentor: a set of people who share too few seats, counted over all allowed pairs."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.compiling import maker
from services.matching.engine.part import Part, free_part
from services.matching.engine.people import People, people_of
from services.matching.engine.pool import Pool
from services.matching.engine.refused import Refused
from services.matching.engine.scoring import desk_of, score_row
from services.matching.engine.solution import Solution

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Witness:
    """All mentors whom any of `mentees` may have are `mentors`, who have `seats` free of locks; both sorted.

    With fewer seats than mentees somebody stays alone, whatever is decided (Hall, 1935). Otherwise one of the mentors
    has a vacant seat, and it was the objective that left it so. `skills`: (skill, how many of the mentees need it),
    most wanted first: where more seats help.
    """

    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    seats: int
    skills: tuple[tuple[int, int], ...]

    @property
    def short(self) -> bool:
        """There are more people than seats."""
        return self.seats < len(self.mentees)


def why_unmatched(pool: Pool, solution: Solution, mentee: int) -> Witness:
    """Whom a search from this mentee reaches over all allowed pairs. Raises Refused for somebody who has a mentor."""
    if solution.mentor_of[mentee] >= 0:
        raise Refused(f"mentee {mentee} has mentor {solution.mentor_of[mentee]}")
    part = free_part(pool, 0)
    place = np.full(pool.n_mentors, -1, np.int32)
    place[part.columns] = np.arange(len(part.columns))
    mentor_of = np.append(place, -1)[solution.mentor_of[part.rows]]
    reached, open_to = np.full(len(part.rows), -1, np.int32), np.zeros(len(part.columns), np.bool_)
    first = int(np.flatnonzero(part.rows == mentee)[0])
    count = search(people_of(part.pool), _holders(mentor_of, len(part.columns)), first, reached, open_to)
    return _told(part, reached[:count], np.flatnonzero(open_to))


def _holders(mentor_of: Ints, mentors: int) -> tuple[Longs, Ints]:
    """Mentees by mentor: where those of each begin, and they themselves."""
    seated = np.flatnonzero(mentor_of >= 0)
    start = np.concatenate([[0], np.cumsum(np.bincount(mentor_of[seated], minlength=mentors))])
    return start, seated[np.argsort(mentor_of[seated], kind="stable")].astype(np.int32)


@maker
def search(people: People, holders: tuple[Longs, Ints], first: int, reached: Ints, open_to: Flags) -> int:
    """Breadth first: from a mentee to every mentor allowed, from a mentor to all who sit there. Fills `reached` (n,)
    and `open_to` (m,); answers how many mentees were reached."""
    desk, known, count = desk_of(people), np.zeros(len(reached), np.bool_), 1
    reached[0], known[first] = first, True
    at = 0
    while at < count:
        score_row(people, reached[at], desk)
        at += 1
        for mentor in range(len(open_to)):
            if desk.row[mentor] >= 0 and not open_to[mentor]:
                open_to[mentor] = True
                for seat in range(holders[0][mentor], holders[0][mentor + 1]):
                    if not known[holders[1][seat]]:
                        known[holders[1][seat]], reached[count] = True, holders[1][seat]
                        count += 1
    return count


def _told(part: Part, rows: Ints, columns: Longs) -> Witness:
    needs = part.pool.need_rows
    wanted = np.bincount(needs.item[np.isin(needs.row_of(), rows)])
    ranked = sorted(np.flatnonzero(wanted).tolist(), key=lambda skill: (-wanted[skill], skill))
    return Witness(tuple(sorted(part.rows[rows].tolist())), tuple(sorted(part.columns[columns].tolist())),
                   int(part.pool.capacity[columns].sum(dtype=np.int64)),
                   tuple((skill, int(wanted[skill])) for skill in ranked))
