"""What the store is asked by, kind by kind, and what it lets nobody take twice."""

from shared.store.documents import Index

PAIR_INDEXES = (
    Index(("mentor_seat",), unique=True), Index(("mentee_seat",), unique=True), Index(("couple",), unique=True),
    Index(("organisation_seat",), unique=True, later=True),
    Index(("programme_id",)), Index(("programme_id", "state")), Index(("programme_id", "state", "mentee_id")),
    Index(("mentor_id",)), Index(("mentee_id",)),
)
CIRCLE_INDEXES = (Index(("programme_id",)), Index(("programme_id", "state")))
CIRCLE_SEAT_INDEXES = (
    Index(("place",), unique=True), Index(("seat",), unique=True), Index(("circle_id", "state")),
    Index(("person_id", "state")), Index(("programme_id", "state")), Index(("programme_id", "role", "state")),
)
REQUEST_INDEXES = (
    Index(("holder",), unique=True), Index(("programme_id",)), Index(("programme_id", "state")), Index(("mentee_id",)),
    Index(("asked_id",)),
)
PARTICIPANT_INDEXES = (
    Index(("programme_id", "person_id", "role"), unique=True), Index(("programme_id",)),
    Index(("programme_id", "role")), Index(("programme_id", "role", "state")),
    Index(("programme_id", "role", "state", "capacity")), Index(("programme_id", "role", "state", "turn")),
    Index(("programme_id", "role", "state", "person_id")), Index(("person_id",)),
)
APPLICATION_INDEXES = (
    Index(("programme_id", "person_id", "role"), unique=True), Index(("programme_id",)),
    Index(("programme_id", "submitted_at")),
    Index(("programme_id", "state", "submitted_at")), Index(("programme_id", "state", "turn")), Index(("person_id",)),
    Index(("programme_id", "invited_at")), Index(("asked_by",)),
    Index(("endorsement.endorser_id",)), Index(("programme_id", "state", "unconfirmed_since")),
    Index(("programme_id", "state", "role", "points"), later=True),
)
RUN_INDEXES = (Index(("programme_id", "created_at")), Index(("programme_id", "mentee_id", "state")))
TRIAL_INDEXES = (Index(("turn", "state")), Index(("programme_id", "created_at")))
CAMPAIGN_INDEXES = (Index(("code",), unique=True), Index(("programme_id", "created_at")))
INVITATION_INDEXES = (Index(("programme_id", "created_at")),)
IMPORT_INDEXES = (Index(("programme_id", "state")), Index(("programme_id", "created_at")))
DIRECTORY_FILE_INDEXES = (Index(("turn",), unique=True), Index(("created_at",)), Index(("started_at",)))
PROPOSAL_INDEXES = (
    Index(("batch",)), Index(("batch", "score")), Index(("batch", "price")), Index(("batch", "mentor_id")),
    Index(("mentor_id",)), Index(("mentee_id",)),
)
UNMATCHED_INDEXES = (Index(("batch",)), Index(("person_id",)))
TASK_INDEXES = (Index(("programme_id",)), Index(("programme_id", "state")))
RULING_INDEXES = (
    Index(("programme_id",)), Index(("programme_id", "state")), Index(("programme_id", "at")),
    Index(("programme_id", "state", "at")), Index(("mentor_id",)), Index(("mentee_id",)),
)
PEOPLE_INDEXES = (
    Index(("directory_id",), unique=True), Index(("entry.external_id",)), Index(("details.manager_id",)),
    Index(("details.name",)), Index(("details.email",)), Index(("address",)),
    Index(("called",), later=True), Index(("surname",), later=True), Index(("middle",), later=True),
    Index(("other_middle",), later=True), Index(("delisted",), later=True),
)
DOTTED_LINE_INDEXES = (Index(("manager_id",)), Index(("report_id",)))
STEPPING_UP_INDEXES = (Index(("programme_id", "state")), Index(("person_id", "state")))
RENEWAL_INDEXES = (Index(("programme_id", "asked_at")), Index(("programme_id", "answered_at")), Index(("person_id",)))
SAVED_VIEW_INDEXES = (
    Index(("programme_id", "list", "owner_id", "name"), unique=True), Index(("programme_id", "owner_id")),
    Index(("owner_id",)),
)
SCORING_INDEXES = (Index(("programme_id", "state")),)
