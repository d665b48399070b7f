"""Campaigns: an audience, its mails and papers, and what came of each link."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.clients.campaigns import Campaigns
from services.portal.pages.application_words import DOUBTS
from services.portal.pages.campaign_words import CHANNELS
from services.portal.pages.figures import STEPS
from services.portal.pages.inviting import NO_TEXT, lines_of, uploaded
from services.portal.pages.reading import whole
from services.portal.pages.role_words import role_labels
from services.portal.pages.security import PREVIEW_POLICY
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not
from services.portal.pages.wording import Sign, sign

pages = Pages("campaigns")
STATES = {
    "draft": Sign(_l("Draft"), "note", "rest"),
    "launched": Sign(_l("Launched"), "mail", "good"),
    "ended": Sign(_l("Ended"), "minus", "rest"),
}
PAPERS, FORMS = (*CHANNELS,), ("html", "pdf")
MAILS = {"application-invited": "mail", "invitation-reminder": "reminder"}
RULE = {"departments": _l("Departments"), "locations": _l("Locations"), "grades": _l("Grades")}


@pages.get("/programmes/<programme_id>/campaigns")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    return listed(visit, programme_id)


@pages.post("/programmes/<programme_id>/campaigns")
def draft(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """Kept as a draft, whose audience is counted: nobody is asked yet."""
    try:
        said = wanted()
    except UnicodeError:
        return listed(visit, programme_id, str(NO_TEXT)), 422
    if fault := fault_in(said):
        return listed(visit, programme_id, fault), 422
    try:
        made = visit.do(lambda: client(visit).draft(programme_id, said, pressed()))
    except Refused as refused:
        return listed(visit, programme_id, why_not(refused)), 422
    return go(url_for("campaigns.one", campaign_id=made))


def wanted() -> Json:
    """A list where there is one, else the rule. Raises UnicodeError for a file that is no text."""
    said: Json = {"name": request.form.get("name", "").strip(), "role": request.form.get("role", "mentor"),
                  "remind_days": days()}
    lines = [line for line in (*lines_of(request.form.get("names", "")), *uploaded("names")) if line]
    return {**said, "names": lines} if lines else {**said, **rule()}


def rule() -> dict[str, list[str]]:
    return {part: [value for line in request.form.get(part, "").split(";") if (value := line.strip())]
            for part in RULE}


def fault_in(said: Json) -> str:
    """A list that names nobody must not pass for a rule without a part, which means everybody."""
    file = request.files.get("names-file")
    if "names" not in said and (request.form.get("names") or (file and file.filename)):
        return str(_("No line of this list names anybody: write or upload at least one address, or leave it empty and "
                     "name a rule."))
    if "names" in said and any(rule().values()):
        return str(_("A rule or a list, not both: leave one of them empty."))
    return ""


def days() -> int:
    """Nothing is never; what is no number is left to the service to refuse."""
    text = request.form.get("remind_days", "").strip()
    number = whole(text)
    return 0 if not text else -1 if number is None else number


def listed(visit: Visit, programme_id: str, fault: str = "") -> str:
    programme = visit.need(lambda: visit.services.matching.programme(programme_id))
    found = visit.need(lambda: client(visit).of_programme(programme_id, request.args.get("after", "")))
    return render_template("campaigns.html", programme=programme, rows=found, states=STATES,
                           roles=role_labels(programme), rule=RULE,
                           fault=fault, given=request.form)


@pages.get("/campaigns/<campaign_id>")
def one(visit: Visit, campaign_id: str) -> ResponseReturnValue:
    found = visit.need(lambda: client(visit).one(campaign_id))
    campaign = found["campaign"]
    programme = visit.need(lambda: visit.services.matching.programme(campaign["programme_id"]))
    steps = [step for step in STEPS if any(step in row["steps"] for row in found["codes"])]
    return render_template(
        "campaign.html", programme=programme, one=campaign, codes=found["codes"], as_of=found["as_of"], steps=steps,
        names=STEPS, channels=CHANNELS, state=sign(STATES, campaign["state"]),
        roles=role_labels(programme), doubts=DOUBTS, rule=RULE,
        papers=PAPERS, forms_of=FORMS, mails=MAILS, most=max(row["steps"].get("applied", 0) for row in found["codes"]))


@pages.post("/campaigns/<campaign_id>/<what>")
def move(visit: Visit, campaign_id: str, what: str) -> ResponseReturnValue:
    told = {"launch": _("The campaign is launched: its mails leave now."), "end": _("The campaign is ended.")}
    if what not in told:
        raise NotFound
    return visit.told(lambda: client(visit).move(campaign_id, what, pressed()), told[what],
                      url_for("campaigns.one", campaign_id=campaign_id))


@pages.get("/campaigns/<campaign_id>/kit/<paper>.<form>")
def paper(visit: Visit, campaign_id: str, paper: str, form: str) -> ResponseReturnValue:
    """As the service makes it, in the reader's language; handed over as a file and never shown here."""
    if paper not in PAPERS or form not in FORMS:
        raise NotFound
    made = visit.do(lambda: client(visit).paper(campaign_id, paper, form, str(get_locale())))
    return Response(made.content, content_type=made.media_type, headers={"Content-Disposition": made.disposition})


@pages.get("/campaigns/<campaign_id>/mails/<letter>")
def mail(visit: Visit, campaign_id: str, letter: str) -> ResponseReturnValue:
    """As it will look to whoever reads it now, in a frame that may run and load nothing."""
    campaign: Any = visit.need(lambda: client(visit).one(campaign_id))
    codes = {row["channel"]: row["code"] for row in campaign["codes"]}
    if letter not in MAILS:
        raise NotFound
    asked = {"language": str(get_locale()), "letter": letter, "role": campaign["campaign"]["role"],
             "code": codes[MAILS[letter]], "you": {"name": visit.person.name, "email": ""}}
    found = visit.need(lambda: visit.services.notifications.invitation(campaign["campaign"]["programme_id"], asked))
    return Response(found["html"], mimetype="text/html", headers={"Content-Security-Policy": PREVIEW_POLICY})


def client(visit: Visit) -> Campaigns:
    return visit.services.matching.campaigns
