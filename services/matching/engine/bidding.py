"""What a bidder of an auction looks for (Bertsekas 1979): the best there is at present prices, and the next best."""

import numpy as np

from services.matching.engine.arrays import Ints, Scores
from services.matching.engine.compiling import inlined


@inlined
def best_two(value: Scores, gain: Scores, price: Scores, other: Ints, least: int) -> tuple[int, int, int]:
    """Place in the list of the highest `gain` (d,) less `price` of the `other` (d,) there, that difference, and the
    second highest; -1 where none is above `least`, and no difference told is below it. `value` (d or more) is room to
    work in, of the kind that differences have: processors look at 16 entries of it at a time."""
    lowest = value.dtype.type(least)
    place, best, second = -1, lowest, lowest
    for at in range(len(other)):
        value[at] = gain[at] - price[np.uint32(other[at])]  # no sign, so no look for places from the end
    for at in range(len(other)):
        best = max(best, value[at])
    if best > lowest:
        place = 0
        while value[place] != best:
            place += 1
        value[place] = lowest
        for at in range(len(other)):
            second = max(second, value[at])
    return place, best, second
