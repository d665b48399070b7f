"""The checklist of a programme, and what is ticked off in it."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length, OneOf, Regexp

from services.matching.application import Matching
from services.matching.application.checklists import Checklist
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.checklist import MOST_TEXT, PHASES, Item, Line
from services.matching.entrypoints.http.callers import coordinator
from shared.web.bodies import Body, Moment
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("checklists", "", description="What is to be done in each phase of a programme")


class ChecklistItemBody(Body):
    """`text` for an item of one's own alone; the others have words in the portal."""

    id = fields.String(required=True, validate=Regexp(r"[a-z0-9-]{1,60}\Z"))
    phase = fields.Enum(ProgrammeState, by_value=True, required=True, validate=OneOf(PHASES))
    text = fields.String(load_default="", validate=Length(max=MOST_TEXT))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Item:
        return Item(**data)


class ChecklistLineBody(ChecklistItemBody):
    """`counted`: from facts, so that nobody ticks it off. `ticked_by` is empty when that person is forgotten."""

    counted = fields.Boolean()
    done = fields.Boolean()
    ticked_by = fields.String(allow_none=True)
    ticked_at = Moment(allow_none=True)


class ChecklistBody(Body):
    """`version` is the programme's: items are added, removed and ordered by `PATCH /programmes/{id}`. `next` is the
    id of the first item of this phase that is open."""

    programme_id = fields.String()
    version = fields.Integer()
    phase = fields.Enum(ProgrammeState, by_value=True)
    items = fields.List(fields.Nested(ChecklistLineBody))
    next = fields.String(allow_none=True)
    as_of = Moment()


def shown(found: Checklist) -> dict[str, Any]:
    programme = found.programme
    return {"programme_id": programme.id, "version": programme.version, "phase": programme.state,
            "items": [_line(one) for one in found.lines], "next": found.next.item.id if found.next else None,
            "as_of": found.as_of}


def _line(line: Line) -> dict[str, Any]:
    item, tick = line.item, line.tick
    return {"id": item.id, "phase": item.phase, "text": item.text, "counted": item.is_counted, "done": line.done,
            "ticked_by": tick.by if tick else None, "ticked_at": tick.at if tick else None}


@routes.get("/programmes/<programme_id>/checklist")
@requires(coordinator)
@routes.response(200, ChecklistBody, of=shown)
def show(matching: Matching, _caller: Caller, programme_id: str) -> Checklist:
    return matching.checklists.of(programme_id)


@routes.put("/programmes/<programme_id>/checklist/<item_id>/tick")
@requires(coordinator)
@routes.response(200, ChecklistBody, of=shown)
def tick(matching: Matching, caller: Caller, programme_id: str, item_id: str) -> Checklist:
    """Once is enough: whoever was first stays."""
    return matching.checklists.tick(programme_id, item_id, by=caller.known_as)


@routes.delete("/programmes/<programme_id>/checklist/<item_id>/tick")
@requires(coordinator)
@routes.response(200, ChecklistBody, of=shown)
def take_back(matching: Matching, _caller: Caller, programme_id: str, item_id: str) -> Checklist:
    return matching.checklists.take_back(programme_id, item_id)
