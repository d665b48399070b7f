"""What a programme calls its two roles: the names that people read, while rules, forms and events go by role codes."""

from collections.abc import Iterator

from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import RoleNames
from shared.kernel.errors import Invalid

LANGUAGES = ("en", "de")
"""Those in which pages and mails are written: each needs a name."""
MOST_LETTERS = 60


class BadRoleNames(Invalid):
    """A role would have no name in a language, or a name that does not fit. The text names everything that is wrong."""

    code = "bad-role-names"


def role_names(mentor: tuple[str, str], mentee: tuple[str, str]) -> RoleNames:
    """Each in English and German, as within a sentence."""
    return RoleNames(mentor=dict(zip(LANGUAGES, mentor, strict=True)),
                     mentee=dict(zip(LANGUAGES, mentee, strict=True)))


def in_sentences(names: RoleNames, language: str) -> dict[str, str]:
    """By role code: the name, and with `a_` before the code as somebody takes part: a mentor, an adviser. German says
    it without an article."""
    plain = {role.value: getattr(names, role)[language] for role in Role}
    return plain | {f"a_{role}": _with_article(name) if language == "en" else name for role, name in plain.items()}


def _with_article(name: str) -> str:
    return f"{'an' if name[:1].lower() in {*'aeio'} else 'a'} {name}"


def require_sound(names: RoleNames) -> None:
    """Raises BadRoleNames."""
    if found := [f"the {role} {flaw}" for role in Role for flaw in _flaws(getattr(names, role))]:
        raise BadRoleNames("; ".join(found))


def _flaws(by_language: dict[str, str]) -> Iterator[str]:
    for language in LANGUAGES:
        name = by_language.get(language, "").strip()
        if not name:
            yield f"needs a name in {language}"
        if len(name) > MOST_LETTERS:
            yield f"has a name of more than {MOST_LETTERS} letters in {language}"
    if unknown := sorted(set(by_language) - {*LANGUAGES}):
        yield f"has names in languages that nothing is written in: {', '.join(unknown)}"


USUAL = role_names(("mentor", "Mentor/in"), ("mentee", "Mentee"))
BUDDIES = role_names(("buddy", "Pate/Patin"), ("newcomer", "Neue/r"))
REVERSED = role_names(("junior mentor", "Junior-Mentor/in"), ("senior mentee", "Senior-Mentee"))
FLASH = role_names(("flash mentor", "Blitz-Mentor/in"), ("mentee", "Mentee"))
PEERS = role_names(("peer", "Peer"), ("peer", "Peer"))
