"""Pairs of a programme, and how one of them has gone."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json
from services.portal.clients.together import Parts
from services.portal.pages import moments, ratings, saved_views, starting
from services.portal.pages.bulk import each, left_over, place
from services.portal.pages.by_name import sought
from services.portal.pages.ending_words import CLOSE_REASONS, PARTING_REASONS
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed
from services.portal.pages.wording import (
    BECAUSE,
    DECLINE_REASONS,
    OVER,
    PAIR_STATES,
    refusal,
    sign,
)

pages = Pages("pairs")
OPEN = ("proposed", "accepted")
TO_AGREE = "to-agree"
"""The view of those that wait for a yes: of both states."""
MOST_NOTE = 2000
TIMELINES = ("matching", "surveys", "community", "notifications")


@pages.get("/programmes/<programme_id>/pairs")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching, state = visit.services.matching, request.args.get("state", "")
    programme = visit.need(lambda: matching.programme(programme_id))
    after = request.args.get("after", "")
    visible = visit.need(lambda: matching.pairs(programme_id, after=after, **shown_pairs()))
    parts = visit.at_once(people=lambda: matching.people(both(*visible.items)),
                          saved=saved_views.own(visit, programme_id, "pairs"))
    return render_template(
        "pairs.html",
        programme=programme,
        rows=visible,
        people=parts.people,
        saved=parts.saved,
        state=state,
        states=PAIR_STATES,
        reasons=CLOSE_REASONS,
        left=left_over(),
        open=[one["id"] for one in visible.items if one["state"] in OPEN] if state == TO_AGREE else [],
    )


def shown_pairs() -> dict[str, str]:
    """By the filter in the address."""
    state = request.args.get("state", "")
    narrowed = {"to_agree": "yes"} if state == TO_AGREE else {"state": state if state in PAIR_STATES else ""}
    return {**narrowed, "q": sought()}


@pages.post("/programmes/<programme_id>/pairs/reminders")
def remind(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """Whoever has not said yes, of the ticked pairs or of all that were shown."""
    return each(lambda one, key: visit.services.matching.change_pair(one, "reminder", key), lambda count: ngettext(
        "The two of one pair are reminded, as far as they have not said yes.",
        "The two of %(num)s pairs are reminded, as far as they have not said yes.", count),
        "pairs.of_programme", programme_id=programme_id, **place())


def both(*pairs: Json) -> list[str]:
    """The people of these."""
    return [one[side] for one in pairs for side in ("mentor_id", "mentee_id") if one[side]]


@pages.get("/pairs/<pair_id>")
def pair(visit: Visit, pair_id: str) -> ResponseReturnValue:
    found = visit.need(lambda: visit.services.matching.pair(pair_id))
    parts = around(visit, found)
    people, journey = parts.people or {}, parts.journey or {}
    zones = [people.get(found[side], {}).get("time_zone") or "UTC" for side in ("mentor_id", "mentee_id")]
    inside, is_mine = within(visit, journey), visit.person.id in both(found)
    return render_template(
        "pair.html",
        programme=parts.programme if "programmes" in visit.person.areas else None,
        plan=parts.programme,
        pair=found,
        missing=parts.missing + inside.missing,
        people=people,
        journey=journey,
        goals=inside.goals or [],
        asked=ratings.asked(inside.check_ins),
        entries=shown(parts, people),
        everything=request.args.get("state", ""),
        is_mine=is_mine,
        question=question(visit, found) if is_mine and (parts.programme or {}).get("format") == "flash" else "",
        zones=list(dict.fromkeys(zones)),
        now=visit.portal.clock.now(),
        state=sign(PAIR_STATES, found.get("state")),
        reasons=CLOSE_REASONS,
        ends=ends(found, is_mine),
        completes=not is_mine or found.get("may_complete"),
        declines=[*DECLINE_REASONS.items()],
        partings=[("", _("Choose a reason")), *PARTING_REASONS.items()],
        said=PARTING_REASONS,
        parting=parts.parting or {},
        may_rematch=may_rematch(visit, found, parts.programme or {}),
        may_agree=may_agree(visit, found),
        gates=starting.lines(found, people),
        because=[("", _("Choose a reason")), *BECAUSE.items()],
    )


def question(visit: Visit, found: Json) -> str:
    """What a flash pair came together for: for the two alone."""
    return visit.at_once(said=lambda: visit.services.matching.asking.question_of(found["id"])).said or ""


def may_agree(visit: Visit, found: Json) -> bool:
    """One of the two who has not said yes, or a coordinator, who says it for both."""
    return found.get("state") in OPEN and visit.person.id not in (found.get("accepted_by") or [])


def may_rematch(visit: Visit, found: Json, programme: Json) -> bool:
    """Another mentor is for the mentee, or the coordinator, to ask for: once a pair, not before it has begun, and not
    in a programme that is over."""
    begun = found.get("state") not in OPEN and found.get("left_id") != found["mentee_id"]
    over = programme.get("state") in OVER
    return begun and not over and not found.get("rematch_run_id") and visit.person.id != found["mentor_id"]


def shown(parts: Parts, people: Json) -> list[moments.Entry]:
    """What matters, or everything when the address says so."""
    names = {person_id: str(one.get("name", "")) for person_id, one in people.items()}
    told = moments.merged([parts[name] for name in TIMELINES], names)
    return [one for one in told if request.args.get("state") == "all" or not one.routine]


def ends(found: Json, is_mine: bool) -> list[tuple[str, Any]]:
    """How a pair can end: it is completed or ended early, and the two complete it in its last weeks; one that never
    began is not complete. None is chosen for anybody."""
    codes = ["completed", "ended-early"] if found.get("state") == "closing" else ["ended-early", "completed"]
    only_early = found.get("state") == "awaiting-training" or (is_mine and not found.get("may_complete"))
    codes = ["ended-early"] if only_early else codes
    return [("", _("Choose a reason")), *((code, CLOSE_REASONS[code]) for code in codes)]


def around(visit: Visit, found: Json) -> Parts:
    """The four timelines, the names and the programme: whatever is missing leaves a gap."""
    services, pair_id = visit.services, str(found["id"])
    return visit.at_once(
        matching=lambda: services.matching.timeline(pair_id),
        surveys=lambda: services.surveys.timeline(pair_id),
        community=lambda: services.community.timeline(pair_id),
        notifications=lambda: services.notifications.timeline(pair_id),
        people=lambda: services.matching.people(both(found)),
        programme=lambda: services.matching.programme(found["programme_id"]),
        journey=lambda: services.surveys.journey(pair_id),
        parting=lambda: services.matching.workbench.parting(pair_id),
    )


def within(visit: Visit, journey: Json) -> Parts:
    """What belongs to the journey, once it is known."""
    if not journey:
        return Parts({"goals": None, "check_ins": None}, ())
    surveys = visit.services.surveys
    return visit.at_once(
        goals=lambda: surveys.goals(journey["id"]), check_ins=lambda: surveys.check_ins_of(journey["id"])
    )


@pages.post("/pairs/<pair_id>/closure")
def close(visit: Visit, pair_id: str) -> ResponseReturnValue:
    said = {"reason": request.form.get("reason", ""), "why": request.form.get("why") or None,
            "note": request.form.get("note", "").strip()[:MOST_NOTE]}
    if not said["reason"]:
        flash(_("The pair goes on: choose a reason to end it."), "watch")
        return go(url_for("pairs.pair", pair_id=pair_id))
    proposed = said["reason"] == "declined"
    done = _("The proposal is withdrawn. Whoever had said yes is told.") if proposed else _(
        "The pair has ended. Both are told.")
    return changed(visit, pair_id, "closure", done, said)


@pages.post("/pairs/<pair_id>/refusal")
def refuse(visit: Visit, pair_id: str) -> ResponseReturnValue:
    """One of the two says no to a proposal; without a reason nothing is sent."""
    said = {"reason": request.form.get("reason", ""), "note": request.form.get("note", "").strip()[:MOST_NOTE]}
    if said["reason"] not in DECLINE_REASONS:
        flash(refusal("decline-needs-reason", ""), "watch")
        return go(back_to(pair_id))
    return changed(visit, pair_id, "refusal", _("Thank you for saying so. The reason stays with you."), said)


@pages.post("/pairs/<pair_id>/rematch")
def rematch(visit: Visit, pair_id: str) -> ResponseReturnValue:
    """The reason is for coordinators. A pair that has ended already gives none, and nobody is told anew."""
    said = {"reason": request.form.get("reason") or None, "note": request.form.get("note", "").strip()[:MOST_NOTE]}
    done = _("Both are told. Somebody new is being looked for.") if said["reason"] else _(
        "Somebody new is being looked for.")
    return changed(visit, pair_id, "rematch", done, said)


@pages.post("/pairs/<pair_id>/<what>")
def change(visit: Visit, pair_id: str, what: str) -> ResponseReturnValue:
    done = {
        "acceptance": _("Accepted."),
        "reminder": _("Reminded: a mail is on its way to whoever is waited for."),
        "pause": _("Paused. No check-ins are sent until you go on."),
        "resumption": _("The pair goes on."),
    }
    if what not in done:
        raise NotFound
    return changed(visit, pair_id, what, done[what])


def changed(visit: Visit, pair_id: str, what: str, done: str, body: Json | None = None) -> ResponseReturnValue:
    return visit.told(lambda: visit.services.matching.change_pair(pair_id, what, pressed(), body), done,
                      back_to(pair_id))


def back_to(pair_id: str) -> str:
    """Where the button was: my mentoring, or the pair."""
    mine = request.form.get("from") == "mine"
    return url_for("mine.my_mentoring") if mine else url_for("pairs.pair", pair_id=pair_id)
