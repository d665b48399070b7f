"""The form that people fill in who apply: what it must be, and what becomes of answers."""

from typing import Any

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.answering import BadAnswers, Questionnaire
from services.matching.domain.default_forms import BUDDIES, CAREER
from services.matching.domain.form import BadForm, FieldKind, Form, FormField, Option
from services.matching.domain.matchmaking.people import Person
from services.matching.domain.matchmaking.rules_file import rulebook_from
from services.matching.domain.programme_rules import DEFAULT, rulebook_of
from services.matching.domain.templates import TEMPLATES
from services.matching.domain.waiting import COLUMN

OPTIONS = (Option(code="days"), Option(code="evenings"))


def a_field(kind: FieldKind, **more: Any) -> FormField:
    return FormField(**{"key": "thing", "kind": kind, "labels": {"en": "Thing"}, **more})


def asked(*fields: FormField, role: Role = Role.MENTOR, skills: tuple[Option, ...] = ()) -> Questionnaire:
    form = Form(fields=fields)
    form.require_sound()
    return Questionnaire(form, role, skills)


FEEDING = {
    FieldKind.SHORT_TEXT: ({}, "Rhine valley ", "rhine Valley", {"kind": "equal"}),
    FieldKind.LONG_TEXT: ({}, "chess\nhiking", "Hiking\n", {"kind": "overlap"}),
    FieldKind.ONE_OF: ({"options": OPTIONS}, "days", "Days", {"kind": "equal"}),
    FieldKind.SEVERAL_OF: ({"options": OPTIONS}, "days; evenings", "evenings", {"kind": "overlap"}),
    FieldKind.NUMBER: ({}, "12", " 12 ", {"kind": "near"}),
    FieldKind.DATE: ({}, "2027-05-01", "20270501", {"kind": "equal"}),
    FieldKind.YES_NO: ({}, "Yes", "yes", {"kind": "equal"}),
    FieldKind.SCALE: ({}, "4", "4", {"kind": "near", "span": 4}),
    FieldKind.SKILLS: ({}, "python\nSQL", "sql", {"kind": "overlap"}),
    FieldKind.PEOPLE: ({}, "mo@example.org", "MO@example.org", {"kind": "overlap"}),
}


@pytest.mark.feature("B1")
@pytest.mark.parametrize("kind", FieldKind)
def test_an_answer_of_every_kind_can_feed_matching(kind: FieldKind) -> None:
    more, mentors, mentees, rule = FEEDING[kind]
    field = a_field(kind, **more)
    book = rulebook_from({"terms": [{"name": "it", "column": "thing", "points": 10, **rule}]})

    def person(text: str, role: Role) -> Person:
        questionnaire = asked(field, role=role)
        answers = questionnaire.merged({}, {"thing": text})
        questionnaire.require_sound(answers)
        return Person("somebody", answers)

    assert book.score(person(mentors, Role.MENTOR), person(mentees, Role.MENTEE)) == 10


BAD = [
    (FieldKind.SHORT_TEXT, {}, "x" * 201, ("too-long", 200)),
    (FieldKind.ONE_OF, {"options": OPTIONS}, "nights", ("no-option", None)),
    (FieldKind.SEVERAL_OF, {"options": OPTIONS}, "days; nights", ("no-option", None)),
    (FieldKind.SEVERAL_OF, {"options": OPTIONS, "most": 1}, "days; evenings", ("too-many", 1)),
    (FieldKind.NUMBER, {}, "two", ("no-number", None)),
    (FieldKind.NUMBER, {"least": 3}, "2", ("too-small", 3)),
    (FieldKind.NUMBER, {"most": 3}, "4", ("too-large", 3)),
    (FieldKind.NUMBER, {"key": "capacity"}, "51", ("too-large", 50)),
    (FieldKind.SCALE, {}, "6", ("too-large", 5)),
    (FieldKind.DATE, {}, "1.5.2027", ("no-date", None)),
    (FieldKind.YES_NO, {}, "perhaps", ("no-yes-or-no", None)),
    (FieldKind.SKILLS, {"most": 1}, "sql, python", ("too-many", 1)),
    (FieldKind.PEOPLE, {}, "Mo Becker", ("no-address", None)),
    (FieldKind.PEOPLE, {}, "a@b.org b@b.org", ("no-address", None)),
    (FieldKind.PEOPLE, {}, "a@b.org; b@b.org; c@b.org; d@b.org", ("too-many", 3)),
]


@pytest.mark.parametrize(("kind", "more", "text", "flaw"), BAD)
def test_what_is_no_answer_is_named_and_kept_as_it_was_written(kind: FieldKind, more: dict[str, Any], text: str,
                                                               flaw: tuple[str, int | None]) -> None:
    field = a_field(kind, **more)
    answers = asked(field).merged({}, {field.key: text})

    assert answers == {field.key: text}
    assert [(one.key, one.code, one.number) for one in asked(field).flaws(answers)] == [(field.key, *flaw)]


@pytest.mark.feature("B1")
def test_all_flaws_are_named_at_once_and_only_what_is_required_must_be_answered() -> None:
    questionnaire = asked(a_field(FieldKind.SHORT_TEXT, key="first", required=True),
                          a_field(FieldKind.DATE, key="second"), a_field(FieldKind.NUMBER, key="third"))

    with pytest.raises(BadAnswers, match="first: an answer is needed; third: a whole number is needed"):
        questionnaire.require_sound({"third": "many"})
    questionnaire.require_sound({"first": "x"})


def test_skills_are_of_the_vocabulary_where_the_programme_has_one() -> None:
    free, fixed = asked(a_field(FieldKind.SKILLS)), asked(a_field(FieldKind.SKILLS), skills=(Option(code="Python"),))

    assert free.flaws({"thing": "juggling"}) == []
    assert [one.code for one in fixed.flaws({"thing": "python; juggling"})] == ["no-option"]
    assert fixed.merged({}, {"thing": "PYTHON"}) == {"thing": "Python"}


@pytest.mark.feature("B1")
def test_another_form_keeps_what_was_answered_to_the_last_one() -> None:
    before = asked(a_field(FieldKind.SHORT_TEXT, key="old")).merged({}, {"old": "kept"})
    now = asked(a_field(FieldKind.SHORT_TEXT, key="new"))

    answers = now.merged(before, {"new": "said"})

    assert answers == {"old": "kept", "new": "said"}
    assert now.flaws(answers) == []
    assert now.merged(answers, {"new": ""}) == {"old": "kept"}


def test_line_ends_of_a_browser_count_as_one_character() -> None:
    lines = "line\n" * 799 + "line"

    assert asked(a_field(FieldKind.LONG_TEXT)).merged({}, {"thing": lines.replace("\n", "\r\n")}) == {"thing": lines}


def test_answers_that_nobody_asks_for_or_that_never_end_are_refused() -> None:
    questionnaire = asked(a_field(FieldKind.LONG_TEXT))

    for given in ({"other": "x"}, {"thing": "x" * 4_001}):
        with pytest.raises(BadAnswers):
            questionnaire.merged({}, given)


WRONG_FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"key": "Thing"}, "needs a key"),
    ({"key": "email"}, "the directory says it"),
    ({"key": "manager"}, "the directory says it"),
    ({"labels": {"en": " "}}, "needs a label"),
    ({"roles": ()}, "is for mentors, for mentees or for both"),
    ({"kind": FieldKind.ONE_OF}, "needs options"),
    ({"options": OPTIONS}, "takes no options"),
    ({"kind": FieldKind.ONE_OF, "options": (Option(code="a"), Option(code="A"))}, "an option twice"),
    ({"kind": FieldKind.ONE_OF, "options": (Option(code="a;b"),)}, "holds one of"),
    ({"kind": FieldKind.NUMBER, "least": 3, "most": 2}, "least that is above its most"),
    ({"kind": FieldKind.SCALE, "least": 1, "most": 100}, "2 to 21 steps"),
    ({"kind": FieldKind.PEOPLE, "most": 0}, "one entry at least"),
    ({"key": "capacity"}, "must be a number from 0 to 50"),
    ({"key": "capacity", "kind": FieldKind.NUMBER, "most": 60}, "must be a number from 0 to 50"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG_FIELDS)
def test_a_field_that_cannot_be_asked_is_refused_by_name(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(BadForm, match=said):
        asked(a_field(**{"kind": FieldKind.SHORT_TEXT, **wrong}))


def test_everything_wrong_with_a_form_is_said_at_once() -> None:
    field = a_field(FieldKind.ONE_OF)

    with pytest.raises(BadForm) as refused:
        asked(field, field)

    without_options = "thing needs options to choose from"
    assert str(refused.value) == f"{without_options}; {without_options}; thing is there twice"


@pytest.mark.feature("B1")
@pytest.mark.parametrize("form", [CAREER, BUDDIES])
def test_the_forms_to_begin_from_are_sound_in_both_languages_and_ask_mentors_whether_they_volunteer(form: Form) -> None:
    form.require_sound()

    assert all(one.labels.keys() == {"en", "de"} for one in form.fields)
    assert all(option.labels.keys() == {"en", "de"} for one in form.fields for option in one.options)
    [voluntary] = [one for one in form.fields if one.key == "voluntary"]
    assert (voluntary.required, voluntary.roles) == (True, (Role.MENTOR,))
    of_mentees = {one.key: one for one in form.asked(Role.MENTEE)}
    assert of_mentees["wishes"].kind is FieldKind.PEOPLE
    assert {"drivers", "hurdles"} <= {one.key for one in form.asked(Role.MENTOR)}


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_template_asks_for_what_its_rules_read(template: Any) -> None:
    book = rulebook_of(template.rules or DEFAULT)
    known_otherwise = {"manager", "exclude", "mentors", COLUMN}

    for role in Role:
        read = {column for part in book.parts() for column in part.columns(role)} - known_otherwise
        assert read <= {one.key for one in template.form.asked(role)}
