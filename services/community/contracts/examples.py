"""One example of every event, as documentation and for the tests of producers and consumers."""

from typing import NotRequired, TypedDict

from services.community.contracts.erasures import ErasureCompleted
from services.community.contracts.training import TrainingAssigned, TrainingCompleted, TrainingOverdue
from shared.kernel.events import Event


class _Assignment(TypedDict):
    assignment_id: str
    person_id: str
    programme_id: str
    pair_id: str
    module: str
    due_on: str
    gap: NotRequired[str]


ASSIGNMENT: _Assignment = {
    "assignment_id": "4c8ba7f6-e5d4-5c3b-92a1-908f7e6d5c4b",
    "person_id": "9e8d7c6b-5a49-4837-b625-141302f1e0df",
    "programme_id": "5f3c2b1a-0e9d-4c8b-a7f6-e5d4c3b2a190",
    "pair_id": "b1c0a7de-7d2f-4a0c-9a55-3f0a5d7d2e01",
    "module": "joint-kick-off",
    "due_on": "2027-03-17",
}

EXAMPLES: dict[type[Event], Event] = {
    TrainingAssigned: TrainingAssigned(**ASSIGNMENT),
    TrainingCompleted: TrainingCompleted(**ASSIGNMENT),
    TrainingOverdue: TrainingOverdue(**ASSIGNMENT),
    ErasureCompleted: ErasureCompleted(person_id=ASSIGNMENT["person_id"], service="community",
                                       counts={"assignments": 1}),
}
