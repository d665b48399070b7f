"""Who may call what: the office everything, coordinators their programme, participants their own pairs.

Matching owns programmes and pairs, so these rules rest on its own documents and are never out of date. The thing itself
is looked for before the caller's role, so that a wrong id looks the same to everybody.
"""

from services.matching.application import Matching
from services.matching.application.programmes import people_in_charge
from services.matching.contracts.participants import Role
from services.matching.domain.participant import application_id
from services.matching.domain.programme import Programme
from services.matching.domain.task import QUEUES
from shared.kernel.errors import NotAllowed, NotFound
from shared.web.callers import Caller, Ids, role, scope

PROGRAMME_OFFICE = "programme-office"
HR = "hr"

office = role(PROGRAMME_OFFICE)
auditor = role("auditor")
signing_people_in = scope("sign-in")
office_or_hr = role(PROGRAMME_OFFICE, HR)


def the_person_or_hr(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Whoever it is about, and those who may know everybody."""
    if caller.person_id is None or caller.person_id != ids["person_id"]:
        office_or_hr(matching, caller, ids)


def a_person(matching: Matching, caller: Caller, ids: Ids) -> None:  # noqa: ARG001 - a rule's form
    """Machines have nothing of their own here."""
    person_id(caller)


def asked_to_go_on(matching: Matching, caller: Caller, ids: Ids) -> None:
    """A mentor of the programme in the path whose last pair is complete."""
    matching.renewals.get(ids["programme_id"], person_id(caller))


def person_id(caller: Caller) -> str:
    """Raises NotAllowed for machines."""
    if caller.person_id is None:
        raise NotAllowed("this is for people")
    return caller.person_id


def capacity(caller: Caller) -> str:
    """In which capacity somebody acts who passed `coordinator`: a word of the role, not who it is."""
    return PROGRAMME_OFFICE if is_office(caller) else "coordinator"


def is_office(caller: Caller) -> bool:
    return PROGRAMME_OFFICE in caller.roles


def is_in_charge(programme: Programme, caller: Caller) -> bool:
    """Its coordinators, its sponsor and the office."""
    return is_office(caller) or caller.person_id in people_in_charge(programme)


def coordinator(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Of the programme in the path, or the office."""
    require_charge(matching, caller, ids["programme_id"])


def somebody_in_charge(matching: Matching, caller: Caller, ids: Ids) -> None:  # noqa: ARG001 - a rule's form
    """Whoever coordinates any programme, or the office; a sponsor looks for nobody."""
    if not is_office(caller) and not matching.programmes.coordinated_by(caller.person_id):
        raise NotAllowed("this is for whoever looks after a programme")


def coordinator_of_import(matching: Matching, caller: Caller, ids: Ids) -> None:
    require_charge(matching, caller, matching.imports.get(ids["import_id"]).programme_id)


def coordinator_of_run(matching: Matching, caller: Caller, ids: Ids) -> None:
    require_charge(matching, caller, matching.runs.get(ids["run_id"]).programme_id)


def coordinator_of_trial(matching: Matching, caller: Caller, ids: Ids) -> None:
    require_charge(matching, caller, matching.trials.get(ids["trial_id"]).programme_id)


def coordinator_of_ruling(matching: Matching, caller: Caller, ids: Ids) -> None:
    require_charge(matching, caller, matching.rulings.get(ids["ruling_id"]).programme_id)


def coordinator_of_task(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Who is to be in charge is decided by the office."""
    task = matching.tasks.get(ids["task_id"])
    require_charge(matching, caller, task.programme_id)
    if task.kind not in QUEUES and not is_office(caller):
        raise NotFound("for the office")


def coordinator_of_decision(matching: Matching, caller: Caller, ids: Ids) -> None:
    require_charge(matching, caller, matching.deciding.get(ids["decision_id"]).programme_id)


def coordinator_of_invitation(matching: Matching, caller: Caller, ids: Ids) -> None:
    require_charge(matching, caller, matching.inviting.get(ids["invitation_id"]).programme_id)


def coordinator_of_campaign(matching: Matching, caller: Caller, ids: Ids) -> None:
    require_charge(matching, caller, matching.campaigns.get(ids["campaign_id"]).programme_id)


def participant_or_coordinator(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Whoever takes part there, or looks after the programme."""
    participant = matching.participants.get(ids["participant_id"])
    if caller.person_id is None or caller.person_id != participant.person_id:
        require_charge(matching, caller, participant.programme_id)


def mentee_there(matching: Matching, caller: Caller, ids: Ids) -> None:
    """A mentee of the programme in the path."""
    matching.participants.get(application_id(ids["programme_id"], person_id(caller), Role.MENTEE))


def anybody_in_it(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Whoever looks after the programme, sponsors it or takes part in it."""
    programme = matching.programmes.get(ids["programme_id"])
    if is_in_charge(programme, caller):
        return
    if programme.id not in matching.participants.programmes_of([person_id(caller)]).get(person_id(caller), set()):
        raise NotFound("not theirs")


def in_charge(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Coordinators, the sponsor and the office: figures, nobody's details."""
    if not is_in_charge(matching.programmes.get(ids["programme_id"]), caller):
        raise NotFound("not theirs")


def sees_person(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Whoever may know who this is."""
    matching.people.get(ids["person_id"])
    if ids["person_id"] not in visible(matching, caller, [ids["person_id"]]):
        raise NotFound("not one of theirs")


def visible(matching: Matching, caller: Caller, ids: list[str]) -> set[str]:
    """Which of these the caller may know: all for office and HR; else oneself, one's partners, the people of the
    programmes one looks after, those who look after the programmes one takes part in, mentors whom one may ask, and
    mentees who ask one, and people whom one is asked to endorse, or who endorse somebody there."""
    if caller.roles & {PROGRAMME_OFFICE, HR} or "people" in caller.scopes:
        return set(ids)
    if caller.person_id is None:
        return set()
    me = caller.person_id
    known = matching.acquaintances
    return set(ids) & ({me} | known.partners(me) | known.in_charge_of(me) | known.looked_after_by(me, ids)
                       | known.asking_each_other(me) | known.may_be_asked_by(me, ids)
                       | known.asked_about(me))


def require_charge(matching: Matching, caller: Caller, programme_id: str) -> None:
    """Of this programme, or the office. Raises NotFound."""
    programme = matching.programmes.get(programme_id)
    if not is_office(caller) and (caller.person_id is None or caller.person_id not in programme.charge.ids):
        raise NotFound("not theirs")
