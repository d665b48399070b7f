"""Which column of a file means what: guessed from its heading, in English or German."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from services.matching.domain.sheet import column_key
from shared.kernel.errors import Invalid


class Field(StrEnum):
    """What a column can mean. Columns that mean none of these stay answers under their own heading."""

    ID = "id"
    NAME = "name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    LANGUAGE = "language"
    TIME_ZONE = "time_zone"
    DEPARTMENT = "department"
    LOCATION = "location"
    MANAGER = "manager"
    CAPACITY = "capacity"
    GRADE = "grade"
    SKILLS = "skills"
    GOALS = "goals"
    LANGUAGES = "languages"
    INTERESTS = "interests"
    WISHES = "wishes"
    EXCLUDE = "exclude"


PERSONAL = frozenset({Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME, Field.EMAIL})
"""Never an answer: a rule must not look at them."""

HEADINGS: Mapping[str, str] = {
    Field.ID: "id person_id employee_id employee_number staff_id user_id mentor_id mentee_id personalnummer "
              "personal_nr mitarbeiternummer mitarbeiter_id kennung",
    Field.NAME: "name full_name display_name mentor mentee vollständiger_name anzeigename",
    Field.GIVEN_NAME: "given_name first_name forename vorname",
    Field.FAMILY_NAME: "family_name last_name surname nachname familienname",
    Field.EMAIL: "email e_mail mail email_address mail_address e_mail_adresse mailadresse emailadresse",
    Field.LANGUAGE: "language preferred_language sprache bevorzugte_sprache",
    Field.TIME_ZONE: "time_zone timezone tz zeitzone",
    Field.DEPARTMENT: "department dept unit team division abteilung bereich",
    Field.LOCATION: "location site office city standort ort büro",
    Field.MANAGER: "manager manager_id line_manager line_manager_id supervisor supervisor_id vorgesetzter vorgesetzte "
                   "vorgesetzten_id führungskraft",
    Field.CAPACITY: "capacity max_mentees mentees slots seats kapazität plätze anzahl_mentees",
    Field.GRADE: "grade level seniority career_level stufe karrierestufe",
    Field.SKILLS: "skills skills_offered expertise kompetenzen fähigkeiten kenntnisse",
    Field.GOALS: "goals skills_wanted learning_goals needs ziele lernziele",
    Field.LANGUAGES: "languages spoken_languages sprachen",
    Field.INTERESTS: "interests hobbies interessen hobbys",
    Field.WISHES: "wishes wish preferred_mentors choices wünsche wunschmentoren",
    Field.EXCLUDE: "exclude excluded exclusions avoid ausschluss ausschlüsse",
}
"""By the key of a heading: several for a field, between spaces."""

Mapping_ = dict[str, str]
"""Field → heading of the column."""


def guess(columns: Sequence[str], headings: Mapping[str, str] = HEADINGS) -> Mapping_:
    """The first column whose heading says a field, for every field that one says."""
    meaning = {heading: field for field, all_of_them in headings.items() for heading in all_of_them.split()}
    found: Mapping_ = {}
    for column in columns:
        field = meaning.get(column_key(column))
        if field:
            found.setdefault(str(field), column)
    return found


def require_sound(mapping: Mapping_, columns: Sequence[str], headings: Mapping[str, str] = HEADINGS) -> None:
    """Raises Invalid for a field or column nobody knows, and for a column that means two things."""
    if unknown := set(mapping) - {str(field) for field in headings}:
        raise Invalid(f"no such field: {', '.join(sorted(unknown))}")
    if unknown := set(mapping.values()) - set(columns):
        raise Invalid(f"no such column: {', '.join(sorted(unknown))}")
    if len(set(mapping.values())) < len(mapping):
        raise Invalid("a column can mean one thing only")


def missing(mapping: Mapping_) -> list[str]:
    """Fields without which nobody can be imported."""
    named = Field.NAME in mapping or {Field.GIVEN_NAME, Field.FAMILY_NAME} <= set(mapping)
    return [field.value for field, there in ((Field.NAME, named), (Field.EMAIL, Field.EMAIL in mapping)) if not there]
