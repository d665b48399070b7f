"""People: who somebody is, and that they left."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from services.matching.application import Matching
from services.matching.domain.person import Person
from services.matching.entrypoints.http.callers import (
    office_or_hr,
    sees_person,
    signing_people_in,
    somebody_in_charge,
    visible,
)
from shared.web.bodies import Body, items_of, listed
from shared.web.callers import Caller, requires, signed_in
from shared.web.paging import Paging
from shared.web.routes import Routes

routes = Routes("people", "/people", description="Who is who")


class PeopleQuery(Paging):
    """All of them come on one page."""

    id = fields.List(fields.String(), required=True, validate=Length(1, 200))


class SignInForm(Body):
    """In a body, since addresses of requests are written down."""

    subject = fields.String(required=True, validate=Length(1, 320))


class NamesForm(Body):
    """In a body, as above. Names and mail addresses, each as the directory writes it."""

    texts = fields.List(fields.String(validate=Length(1, 320)), required=True, validate=Length(1, 100))


class CalledBody(Body):
    """Everybody whom the text means; nobody where the directory has no such name."""

    text = fields.String()
    people = fields.List(fields.Nested(lambda: NamedBody()))


class NamedBody(Body):
    id = fields.String()
    name = fields.String(attribute="details.name")
    email = fields.String(attribute="details.email")


class PersonBody(Body):
    id = fields.String()
    version = fields.Integer()
    state = fields.String()
    name = fields.String(attribute="details.name")
    email = fields.String(attribute="details.email")
    language = fields.String(attribute="details.language")
    time_zone = fields.String(attribute="details.time_zone")
    department = fields.String(attribute="details.department")
    location = fields.String(attribute="details.location")


@routes.get("")
@requires(signed_in)
@routes.arguments(PeopleQuery, location="query")
@routes.response(200, items_of(PersonBody))
def find(matching: Matching, caller: Caller, query: dict[str, Any]) -> dict[str, Any]:
    allowed = visible(matching, caller, query["id"])
    known = matching.people.known(allowed)
    return listed(known[one] for one in sorted(known))


@routes.post("/sign-ins")
@requires(signing_people_in)
@routes.arguments(SignInForm)
@routes.response(200, PersonBody)
def sign_in(matching: Matching, _caller: Caller, body: dict[str, str]) -> Person:
    """Who somebody is whom the identity provider calls so. Changes nothing."""
    return matching.directory.signing_in(body["subject"])


@routes.post("/named")
@requires(somebody_in_charge)
@routes.arguments(NamesForm)
@routes.response(200, items_of(CalledBody))
def called(matching: Matching, _caller: Caller, body: dict[str, Any]) -> dict[str, Any]:
    """Who is called so, for whoever names coordinators and sponsors. Only whole names are answered."""
    found = matching.people.called([" ".join(text.split()) for text in body["texts"]])
    return listed({"text": text, "people": people} for text, people in found.items())


@routes.get("/<person_id>")
@requires(sees_person)
@routes.response(200, PersonBody)
def show(matching: Matching, _caller: Caller, person_id: str) -> Person:
    return matching.people.get(person_id)


@routes.post("/<person_id>/departure")
@requires(office_or_hr)
@routes.response(200, PersonBody)
def leave(matching: Matching, _caller: Caller, person_id: str) -> Person:
    return matching.people.leave(person_id)
