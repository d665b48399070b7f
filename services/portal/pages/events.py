"""The newest events on the log, for whoever keeps the house: where all services run in one."""

import json

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from services.portal.pages.reading import rows
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit

pages = Pages("events")


@pages.get("/events")
def log(visit: Visit) -> ResponseReturnValue:
    if visit.portal.recent_events is None or not visit.person.keeps_house:
        raise NotFound
    topic = request.args.get("state", "")
    events = visit.need(visit.portal.recent_events)
    topics = sorted({str(one.get("topic", "")) for one in events})
    wanted = [shown(one) for one in events if topic in ("", one.get("topic"))]
    return render_template("events.html", rows=rows(wanted, request.args.get("page")), topics=topics, topic=topic)


def shown(event: object) -> dict[str, str]:
    """One event as text: at, topic, type, key and its data as JSON."""
    known = dict(event) if isinstance(event, dict) else {}
    data = json.dumps(known.get("data"), indent=2, ensure_ascii=False, default=str)
    return {name: str(known.get(name, "")) for name in ("at", "topic", "type", "key")} | {"data": data}
