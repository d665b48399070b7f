"""What letters call the two roles: as the programme says, else by the usual words."""

from collections.abc import Mapping

RoleNames = Mapping[str, Mapping[str, str]]
"""By role code and language, as within a sentence."""

USUAL: RoleNames = {"mentor": {"en": "mentor", "de": "Mentor/in"}, "mentee": {"en": "mentee", "de": "Mentee"}}


def in_language(names: RoleNames, language: str) -> dict[str, str]:
    """By role code."""
    return {role: names.get(role, {}).get(language) or usual[language] for role, usual in USUAL.items()}


def told_apart(names: Mapping[str, str], language: str) -> dict[str, str]:
    """By role code, for whoever is neither: peers are told apart by what the two are usually called."""
    alike = len(set(names.values())) == 1
    return {role: f"{name} ({USUAL[role][language]})" if alike else name for role, name in names.items()}


def with_article(name: str, language: str) -> str:
    """As somebody takes part: as a mentor, as an adviser; German says it without."""
    if language != "en":
        return name
    return f"{'an' if name[:1].lower() in {*'aeio'} else 'a'} {name}"
