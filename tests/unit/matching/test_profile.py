"""The Ideal Mentor Profile: what answers earn, what is missing, and what cannot be looked for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.matching.contracts.participants import GapTraining, Role
from services.matching.domain.answering import Questionnaire
from services.matching.domain.form import FieldKind, Form, FormField
from services.matching.domain.profile import BadProfile, Criterion, Profile, Wants
from services.matching.domain.templates import TEMPLATES


def a_criterion(wants: Wants = Wants.NAMES, **more: Any) -> Criterion:
    usual = {"code": "it", "key": "thing", "points": 10, "module": "mentor-role", "labels": {"en": "It"}}
    return Criterion(**{**usual, "wants": wants, **more})


EARNED = [
    (a_criterion(words=("yes",)), "Yes", 10),
    (a_criterion(words=("yes",)), "no", 0),
    (a_criterion(words=("de", "EN"), least=2), "en; fr", 5),
    (a_criterion(words=("de", "en"), least=2), "en; en; de; fr", 10),
    (a_criterion(least=3), "python", 3),
    (a_criterion(least=3), "python\nsql, go", 10),
    (a_criterion(Wants.NAMES_NONE, words=("time",)), "none", 10),
    (a_criterion(Wants.NAMES_NONE, words=("time",)), "distance; Time", 0),
    (a_criterion(Wants.AT_LEAST, least=4), "4", 10),
    (a_criterion(Wants.AT_LEAST, least=4), "3", 0),
    (a_criterion(Wants.AT_LEAST, least=-2), "-1", 10),
    (a_criterion(Wants.AT_LEAST, least=4), "four", 0),
    (a_criterion(Wants.AT_LEAST, least=4), "4; 5", 0),
    (a_criterion(Wants.AT_LEAST, least=4), "٥", 0),
]


@pytest.mark.parametrize(("criterion", "text", "points"), EARNED)
def test_an_answer_earns_what_it_has_of_what_is_wanted(criterion: Criterion, text: str, points: int) -> None:
    assert criterion.earned({"thing": text}) == points


@pytest.mark.parametrize("wants", Wants)
@pytest.mark.parametrize("answers", [{}, {"thing": " ; "}, {"other": "yes"}])
def test_no_answer_earns_nothing(wants: Wants, answers: dict[str, str]) -> None:
    assert a_criterion(wants, words=("no",)).earned(answers) == 0


def test_a_gap_is_what_is_not_earned_whole_and_the_score_is_the_sum_of_its_terms() -> None:
    profile = Profile(criteria=(
        a_criterion(code="half", least=2, points=5), a_criterion(code="whole", points=20, module="active-listening"),
        a_criterion(Wants.AT_LEAST, code="none", key="other", least=4, points=7, module="clear-feedback")))

    found = profile.scored(3, {"thing": "python"})

    assert [(one.code, one.points, one.most) for one in found.terms] == [("half", 2, 5), ("whole", 20, 20),
                                                                         ("none", 0, 7)]
    assert (found.number, found.score, found.best, found.gaps) == (3, 22, 32, ("half", "none"))
    assert found.training == (GapTraining("half", "mentor-role"), GapTraining("none", "clear-feedback"))


@given(some.lists(some.tuples(some.integers(1, 1000), some.integers(1, 50)), max_size=30), some.integers(0, 60))
def test_whole_points_add_up_whatever_the_weights(weights: list[tuple[int, int]], entries: int) -> None:
    profile = Profile(criteria=tuple(
        a_criterion(code=f"c{at}", points=points, least=least) for at, (points, least) in enumerate(weights)))

    found = profile.scored(1, {"thing": ";".join(map(str, range(entries)))})

    assert found.score == sum(one.points for one in found.terms) <= found.best == sum(one for one, _ in weights)
    assert set(found.gaps) == {f"c{at}" for at, (_, least) in enumerate(weights) if entries < least}


BAD = [
    (a_criterion(code="Not a code"), "needs a code"),
    (a_criterion(module=""), "needs a code and a module"),
    (a_criterion(labels={"en": " "}), "label"),
    (a_criterion(points=0), "points"),
    (a_criterion(points=1001), "points"),
    (a_criterion(Wants.NAMES_NONE), "words"),
    (a_criterion(words=("de", "DE "), least=2), "entry"),
    (a_criterion(least=0), "entry"),
]


@pytest.mark.parametrize(("criterion", "said"), BAD)
def test_what_nobody_can_be_judged_by_is_refused_with_a_reason(criterion: Criterion, said: str) -> None:
    with pytest.raises(BadProfile, match=said):
        Profile(criteria=(criterion,)).require_sound()


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(BadProfile) as refused:
        Profile(criteria=(a_criterion(points=0), *[a_criterion()] * 30)).require_sound()

    assert all(text in str(refused.value) for text in ("points", "it is there twice", "30 criteria at most"))


def test_what_no_mentor_is_asked_does_not_count() -> None:
    form = Form(fields=(FormField(key="thing", kind=FieldKind.SKILLS, labels={"en": "Thing"}, roles=(Role.MENTEE,)),
                        FormField(key="other", kind=FieldKind.SCALE, labels={"en": "Other"})))
    profile = Profile(criteria=(a_criterion(), a_criterion(code="other", key="other")))

    assert [one.code for one in profile.of(form).criteria] == ["other"]
    with pytest.raises(BadProfile, match="it: choose a field"):
        profile.require_asked(form)


@pytest.mark.feature("B6")
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_every_template_has_a_profile_that_its_form_can_fill(template: Any) -> None:
    ideal = {"voluntary": "yes", "hurdles": "none", "skills": "python; leading", "listening": "5", "feedback": "4"}
    asked = Questionnaire(template.form, Role.MENTOR)
    answers = asked.merged({}, {one.key: ideal[one.key] for one in asked.fields if one.key in ideal})

    template.profile.require_sound()
    template.profile.require_asked(template.form)
    found = template.profile.scored(1, answers)

    assert (found.score, found.gaps) == (found.best, ())
    assert template.profile.scored(1, {}).gaps == tuple(one.code for one in template.profile.criteria)
