"""What a request may show to whom."""

from dataclasses import replace

from services.matching.domain.choice import ChoiceState
from services.matching.domain.request import Request


def seen_by(request: Request, person_id: str | None) -> Request:
    """Why a mentor said no is the mentor's own, texts are of the two, and a mentor learns nothing of the others."""
    if person_id == request.mentee_id:
        return replace(request, choices=tuple(one.without_refusal() for one in request.choices))
    if request.was_asked(person_id):
        return _of_mentor(request, person_id)
    return replace(request, choices=tuple(one.without_refusal().without_texts() for one in request.choices),
                   one_question="")


def _of_mentor(request: Request, mentor_id: str | None) -> Request:
    mine = request.choice(mentor_id)
    answers = request.asked_id == mentor_id or mine.state is ChoiceState.ACCEPTED
    return replace(request, choices=(mine,), asked_id=mentor_id if request.asked_id == mentor_id else None,
                   pair_id=request.pair_id if mine.state is ChoiceState.ACCEPTED else None,
                   one_question=request.one_question if answers else "")
