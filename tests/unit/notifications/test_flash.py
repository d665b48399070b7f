"""Mails of a flash pair speak of one question and one session."""

import pytest

from services.matching.contracts.programmes import Format
from services.matching.contracts.requests import PairRequested, RequestState
from tests.unit.notifications.builders import MONDAY, a_pair, a_person, a_programme
from tests.unit.notifications.house import NotificationsHouse
from tests.unit.notifications.test_role_names import text


@pytest.mark.feature("C14")
@pytest.mark.parametrize(("language", "said", "asked"), [
    ("en", ["one session is enough", "There is nothing to agree on"], "one question and one session"),
    ("de", ["ein Gespräch genügt", "Zu vereinbaren und vorzubereiten ist nichts"], "eine Frage und ein Gespräch")])
def test_nothing_is_to_be_prepared_or_agreed_on(house: NotificationsHouse, language: str, said: list[str],
                                                asked: str) -> None:
    house.tell(*(a_person(one, language=language) for one in ("mentor", "mentee", "coordinator")),
               a_programme(format=Format.FLASH))

    house.tell(PairRequested(request_id="request", programme_id="programme", mentor_id="mentor", mentee_id="mentee",
                             rank=1, state=RequestState.OPEN, answer_by=MONDAY), a_pair())

    mails = [text(one) for one in house.mails("introduction")]
    assert len(mails) == 2, "nobody waits for a training that there is not"
    assert [words for words in said for one in mails if words not in one] == []
    assert not any("kick-off training" in one or "Auftakt-Training" in one for one in mails)
    assert asked in text(house.mails("request-received")[0])
