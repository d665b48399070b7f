"""What both of a pair will read when a run is published: shown before, for one of its pairs, and sent to nobody."""

from dataclasses import dataclass

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.pages.security import PREVIEW_POLICY
from services.portal.pages.site import Pages
from services.portal.pages.visit import TELLABLE, Visit

pages = Pages("introductions")
SIDES = ("mentor", "mentee")
NAMED = ("name", "email", "time_zone", "location")


@dataclass(frozen=True)
class Sample:
    """One pair of the run by name, and the mail to each side."""

    names: dict[str, str]
    mails: Json


def sample(visit: Visit, run: Json) -> Sample | None:
    """Of the run's best pair; None where it has none, where one of the two is not known any more, or has no mail."""
    pair = visit.need(lambda: visit.services.matching.best_proposal(run["id"]))
    people = visit.need(lambda: visit.services.matching.people(pair[f"{side}_id"] for side in SIDES)) if pair else {}
    if not pair or len(people) < len(SIDES):
        return None
    two = {side: card(people[pair[f"{side}_id"]]) for side in SIDES}
    mails = written(visit, run["programme_id"], two)
    return Sample({side: two[side]["name"] for side in SIDES}, mails) if mails else None


def card(person: Json) -> dict[str, str]:
    """What a mail says of somebody."""
    return {name: str(person.get(name) or "") for name in NAMED}


def written(visit: Visit, programme_id: str, two: dict[str, dict[str, str]]) -> Json | None:
    """In the reader's language. None where somebody has nothing that a mail could begin with."""
    language = str(get_locale())
    try:
        found: Json = visit.need(
            lambda: visit.services.notifications.introductions(programme_id, language, two)
        )
    except Refused as refused:
        if refused.status not in (*TELLABLE, 404):
            raise
        return None
    return found


@pages.get("/runs/<run_id>/introductions/<side>")
def mail(visit: Visit, run_id: str, side: str) -> ResponseReturnValue:
    """One of the two mails as it will look, in a frame that may run and load nothing."""
    run = visit.need(lambda: visit.services.matching.run(run_id))
    found = sample(visit, run) if side in SIDES else None
    if found is None:
        raise NotFound
    policy = {"Content-Security-Policy": PREVIEW_POLICY}
    return Response(found.mails[side]["html"], mimetype="text/html", headers=policy)
