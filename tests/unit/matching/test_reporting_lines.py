"""Nobody is mentored within their own reporting line: not by a run, and not by hand."""

import pytest

from services.matching.application.pairs import BarredByRule
from services.matching.contracts.participants import Role
from services.matching.domain.person import person_id
from tests.unit.matching.house import MatchingHouse

LINES = {
    "manager": ("boss", "e", {"boss": "", "e": "boss"}),
    "own report": ("m", "boss", {"m": "boss", "boss": ""}),
    "skip-level manager": ("top", "e", {"top": "", "boss": "top", "e": "boss"}),
    "report's report": ("m", "top", {"m": "boss", "boss": "top", "top": ""}),
    "same manager": ("m", "e", {"m": "boss", "e": "boss", "boss": ""}),
}


@pytest.mark.feature("C9")
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("rules", [None, {"terms": []}], ids=["default rules", "own rules"])
def test_no_pair_within_a_reporting_line(house: MatchingHouse, line: str, rules: dict[str, object] | None) -> None:
    mentor, mentee, managers = LINES[line]
    rows = {one: {"id": one, "name": one, "email": f"{one}@example.org", "manager": boss}
            for one, boss in managers.items()}
    programme, elsewhere = house.a_programme(rules=rules), house.a_programme()
    house.bring(elsewhere, Role.MENTEE, list(rows.values()))
    house.bring(programme, Role.MENTOR, [rows[mentor]])
    house.bring(programme, Role.MENTEE, [rows[mentee]])

    run = house.a_proposed_run(programme)

    assert run.found
    assert (run.found.matched, run.found.unmatched) == (0, 1)
    with pytest.raises(BarredByRule):
        house.matching.pairs.propose(programme.id, person_id(mentor), person_id(mentee), "carla")
