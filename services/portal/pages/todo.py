"""The coordinator's to-do list: what waits, what to do about it, and where."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from services.portal.pages import wording
from services.portal.pages.numbers import Numbers

OVER = ("resolved", "withdrawn")
IN_MATCHING = {"reporting_lines": "reporting-lines", "rooms_exceeded": "reporting-lines",
               "pairs_at_odds": "reporting-lines", "requests_exhausted": "requests", "rematches_in_vain": "requests",
               "circles_to_see_to": "circles", "coordinators_left": "office"}


@dataclass(frozen=True)
class Tile:
    """One list that may need the coordinator. `count` is None when its service did not answer."""

    count: int | None
    what: str
    clear: str
    verb: str
    href: str


def tiles(numbers: Numbers) -> list[Tile]:
    """What is put before others is left to them."""
    makers = {to_decide: "applications", to_confirm: "applications", drafts: "", silent: "check-ins", unreachable: "",
              unanswered: "requests", tasks: "", unmatched: "", to_agree: "", waiting: ""}
    over = numbers.programme.get("state") in wording.OVER  # nobody is looked for any more
    return [make(numbers) for make, queue in makers.items()
            if (not queue or numbers.mine(queue)) and not (over and make is unmatched)]


def to_decide(numbers: Numbers) -> Tile:
    count = numbers.counted("summary", waits(numbers, "applications_to_decide"))
    text = (ngettext("application to decide", "applications to decide", count or 0),
            _("No application waits"), _("Decide"))
    return Tile(count, *text, numbers.link("deciding.of_programme", state="submitted"))


def to_confirm(numbers: Numbers) -> Tile:
    """Approved, and have not said yes once more."""
    count = numbers.counted("summary", waits(numbers, "approvals_to_confirm"))
    text = (ngettext("approval that waits for a yes", "approvals that wait for a yes", count or 0),
            _("Everybody approved has confirmed it"), _("Remind"))
    return Tile(count, *text, numbers.link("deciding.of_programme", state="unconfirmed"))


def unmatched(numbers: Numbers) -> Tile:
    count = numbers.counted("summary", waits(numbers, "mentees_without_mentor"))
    text = (ngettext("mentee without a mentor", "mentees without a mentor", count or 0),
            _("Every mentee has a mentor"), _("See them"))
    return Tile(count, *text, numbers.link("programmes.people", state="unmatched"))


def drafts(numbers: Numbers) -> Tile:
    count = numbers.counted("summary", waits(numbers, "drafts_to_publish"))
    text = (ngettext("run to publish", "runs to publish", count or 0), _("No drafts to publish"), _("Review"))
    return Tile(count, *text, numbers.link("runs.matching"))


def silent(numbers: Numbers) -> Tile:
    count = numbers.counted("check_ins", int(numbers.part("check_ins").get("overdue", 0)))
    text = (ngettext("check-in overdue", "check-ins overdue", count or 0), _("No check-in is overdue"), _("Remind"))
    return Tile(count, *text, numbers.link("rows.check_ins", state="overdue"))


def unreachable(numbers: Numbers) -> Tile:
    """Done as soon as their addresses take mail: another one in the directory, or this one when it is tried again."""
    count = numbers.counted("messages", int(numbers.part("messages").get("unreachable", 0)))
    text = (ngettext("person whom no mail reaches", "people whom no mail reaches", count or 0),
            _("Mail reaches everybody"), _("Try again"))
    return Tile(count, *text, numbers.link("rows.messages", state="unreachable"))


def unanswered(numbers: Numbers) -> Tile:
    """Mentees to whom nobody has said yes for more than three working days."""
    count = numbers.counted("requests", int(numbers.part("requests").get("unanswered", 0)))
    text = (ngettext("request without a yes for three working days",
                     "requests without a yes for three working days", count or 0),
            _("No request waits for long"), _("Remind"))
    return Tile(count, *text, numbers.link("requests.of_programme", state="unanswered"))


def to_agree(numbers: Numbers) -> Tile:
    """Put together by hand, and one of the two or both have not said yes."""
    count = numbers.counted("summary", waits(numbers, "pairs_to_agree"))
    text = (ngettext("pair that waits for a yes", "pairs that wait for a yes", count or 0),
            _("No pair waits for a yes"), _("Remind"))
    return Tile(count, *text, numbers.link("pairs.of_programme", state="to-agree"))


def waiting(numbers: Numbers) -> Tile:
    count = numbers.counted("summary", waits(numbers, "pairs_waiting"))
    text = (ngettext("pair that has not begun", "pairs that have not begun", count or 0),
            _("Every pair is under way"), _("See pairs"))
    return Tile(count, *text, numbers.link("pairs.of_programme", state="awaiting-training"))


def tasks(numbers: Numbers) -> Tile:
    """Those of two services: not known when one of them did not answer."""
    cases = [one for one in numbers.parts["cases"] or [] if one.get("state") not in OVER]
    count = len(cases) + sum(waits(numbers, what) for what, queue in IN_MATCHING.items() if numbers.mine(queue))
    text = (ngettext("open task", "open tasks", count or 0), _("No open tasks"), _("Open"))
    known = None not in (numbers.parts["cases"], numbers.parts["summary"])
    return Tile(count if known else None, *text, numbers.link("tasks.of_programme"))


def waits(numbers: Numbers, what: str) -> int:
    return int((numbers.summary.get("to_do") or {}).get(what, 0))
