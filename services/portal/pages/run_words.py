"""What the page of a run says in sentences, by where the run stands."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from services.portal.clients.calls import Json
from services.portal.pages.reading import number
from services.portal.pages.role_words import a_role, has_own_name
from services.portal.pages.wording import RUN_STATES, Sign, sign

FILTERS = {"": _l("All"), "broken-wish": _l("Broken wish"), "changed": _l("Changed since"), "locked": _l("Locked")}
"""Which of the proposed pairs are shown."""


def state(run: Json) -> Sign:
    """A proposal of nothing is not ready for anybody."""
    if run["state"] == "proposed" and not run.get("matched"):
        return Sign(_l("Nothing to publish"), "minus", "rest")
    return sign(RUN_STATES, run["state"])


def lead(run: Json, foreseen: Json | None = None) -> str:
    if run["state"] == "published":
        return _made(run)
    if run["state"] == "releasing":
        count = publishable(run, foreseen)
        if looked_at(run, foreseen):
            return str(_("Up to %(count)s pairs come of this run.", count=number(count)))
        return str(ngettext("One pair comes of this run.", "%(num)s pairs come of this run.", count))
    if not run.get("matched") and not run.get("unmatched"):
        return str(_("Nobody takes part who has room for a mentor: there was nobody to match."))
    found = ngettext("The run proposes one pair", "The run proposes %(num)s pairs", run.get("matched") or 0)
    alone = run.get("unmatched") or 0
    rest = _("and leaves %(unmatched)s without one.", unmatched=alone) if alone else _("and leaves nobody without one.")
    unsent = _("Nothing has been sent.") if run["state"] == "proposed" else ""
    return f"{found} {rest} {unsent}".strip()


def _made(run: Json) -> str:
    made = ngettext("One pair came of this run.", "%(num)s pairs came of this run.", run.get("published") or 0)
    refused, alone = len(run.get("refused") or ()), run.get("unmatched") or 0
    lost = ngettext("One proposal could not become a pair.", "%(num)s proposals could not become pairs.", refused)
    rest = ngettext("One mentee stayed without a mentor.", "%(num)s mentees stayed without a mentor.", alone)
    return " ".join([made] + [lost] * bool(refused) + [rest] * bool(alone))


def unmatched(run: Json, programme: Json) -> str:
    """Heads the list of them."""
    count, role = run.get("unmatched") or 0, a_role(programme, "mentee")
    if has_own_name(programme, "mentee"):
        return str(_("Unmatched as %(role)s: %(count)s", role=role, count=number(count)) if count
                   else _("Nobody stays unmatched as %(role)s", role=role))
    if not count:
        return str(_("No mentee stays unmatched"))
    return str(ngettext("One mentee stays unmatched", "%(num)s mentees stay unmatched", count))


def second_thoughts(programme: Json) -> str:
    """Until when a publication can be taken back."""
    minutes = int(programme.get("undo_minutes") or 0)
    if not minutes:
        return str(_("It leaves at once, and cannot be taken back: this programme keeps no time for second thoughts."))
    return str(ngettext("You can take it back for one minute; nothing leaves before.",
                        "You can take it back for %(num)s minutes; nothing leaves before.", minutes))


def publishable(run: Json, foreseen: Json | None) -> int:
    """How many would become pairs now; at most, where not all were looked at."""
    return max(0, int(run.get("matched") or 0) - int((foreseen or {}).get("refused_count") or 0))


def to_publish(run: Json, foreseen: Json | None) -> str:
    """Asked before it is done."""
    count = publishable(run, foreseen)
    if looked_at(run, foreseen):
        return str(_("Publish up to %(count)s pairs?", count=number(count)))
    return str(ngettext("Publish one pair?", "Publish %(num)s pairs?", count))


def to_release(run: Json, foreseen: Json | None) -> str:
    """Asked before nothing can be taken back any more."""
    count = publishable(run, foreseen)
    if looked_at(run, foreseen):
        return str(_("Release up to %(count)s pairs now?", count=number(count)))
    return str(ngettext("Release one pair now?", "Release %(num)s pairs now?", count))


def looked_at(run: Json, foreseen: Json | None) -> str:
    """Of a large run not all pairs are looked at beforehand."""
    count, matched = int((foreseen or {}).get("looked_at") or 0), int(run.get("matched") or 0)
    if not 0 < count < matched:
        return ""
    return str(_("The first %(count)s of %(all)s pairs were looked at; what can become no pair is left out all the "
                 "same, and listed with the run. By the others, too, pairs that wait for a yes may end.",
                 count=count, all=number(matched)))


def ending(foreseen: Json) -> str:
    """Proposals by hand of which nothing comes then; empty: none."""
    count = int(foreseen.get("ending") or 0)
    return str(ngettext("One pair that waits for a yes ends by it: its seat goes to this run. Whoever said yes hears.",
                        "%(num)s pairs that wait for a yes end by it: their seats go to this run. Whoever said yes "
                        "hears.", count)) if count else ""
