"""HTTP for every service: app factory, problem details, sign-in, paging, ETag, idempotency, health, metrics.

A worked example; the decorators stand in this order, top to bottom:

    from shared.web.bodies import Body, items_of
    from shared.web.callers import Caller, requires
    from shared.web.paging import Paging, paged
    from shared.web.routes import Routes
    from shared.web.versions import required_version

    routes = Routes("notes", "/notes", description="What people write down")    # served at /v1/notes

    class NoteBody(Body):
        id = fields.String(dump_only=True)
        version = fields.Integer(dump_only=True)
        text = fields.String(required=True, validate=Length(1, 500))

    class NoteQuery(Paging):    # limit, after, and own filters
        state = fields.String()

    @routes.post("")
    @requires(signed_in)    # a Rule; without one make_app fails
    @routes.arguments(NoteBody)
    @routes.response(201, NoteBody, location="/notes/{id}")    # Location from the answer's fields
    def add(notes: Notes, caller: Caller, body: dict[str, Any]) -> Note:
        return notes.notes.add(body["text"], by=caller.person_id)

    @routes.get("")
    @requires(signed_in)
    @routes.arguments(NoteQuery, location="query")
    @routes.response(200, items_of(NoteBody))
    def find(notes: Notes, caller: Caller, query: dict[str, Any]) -> Reply:
        return paged(notes.notes.find(**query))

    @routes.patch("/<note_id>")
    @requires(author)
    @routes.arguments(NoteBody)
    @routes.response(200, NoteBody)
    def change(notes: Notes, caller: Caller, body: dict[str, Any], note_id: str) -> Note:
        return notes.notes.change(note_id, body["text"], if_version=required_version())

    app = make_app("notes", service, [routes], checker=checker, ready=store.ping)

A view takes the service, the caller, what `arguments` parsed (top to bottom), and the path's ids by name. It returns
the aggregate, a dict, `(body, headers)`, or None; `of=` on `response` shapes an aggregate for the schema.
**Views that change something return the aggregate they changed** and leave its shape to `response`: the same shape is
what a repeated Idempotency-Key is answered with. What has an integer `version` gets an ETag. A NotAllowed on a route
with ids is answered like NotFound. Order of checks: token, rule, media type and size, body, use case.
"""
