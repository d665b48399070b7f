"""Words for reasons, in the languages of the readers. Codes and facts come in, sentences go out."""

from collections.abc import Mapping

from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.reasons import BrokenWish, Facts, Reason, Unmatched
from services.matching.domain.matchmaking.words import BROKEN, NAMES, REASONS, UNMATCHED

LANGUAGES = ("en", "de")


def words(said: Reason | BrokenWish | Unmatched, language: str) -> str:
    """One sentence, or less. Raises KeyError for a language that is not one of LANGUAGES."""
    if isinstance(said, Reason):
        return reason_words(said.criterion, said.params, language)
    if isinstance(said, BrokenWish):
        return _filled(BROKEN[language][said.code], {"rank": said.rank, "wished": said.wished, **said.params}, language)
    return unmatched_words(said.role, said.code, said.params, language)


def reason_words(criterion: str, params: Facts, language: str) -> str:
    """Of a reason that came from a store or over a wire: as `words`, but for its parts."""
    template = REASONS[language][str(params["kind"])]
    return _filled(template, {**params, "label": label(criterion, params, language)}, language)


def unmatched_words(role: Role, code: str, params: Facts, language: str) -> str:
    """Likewise, of somebody who stays alone."""
    return _filled(UNMATCHED[language][f"{role.value}-{code}"], params, language)


def label(name: str, params: Facts, language: str) -> str:
    """What a term is called: as its rulebook says, else by the table of usual names, else by its own name."""
    given = params.get(f"label_{language}") or params.get("label")
    return str(given) if given else NAMES[language].get(name, name.replace("-", " ").replace("_", " "))


def _filled(template: str, params: Mapping[str, object], language: str) -> str:
    facts = dict(params)
    if "shared" in params:
        shared = params["shared"]
        items = [shared] if isinstance(shared, str) else list(shared) if isinstance(shared, list | tuple) else []
        facts |= {"shared": ", ".join(map(str, items)), "count": len(items)}
    if "rule" in params:
        facts["rule"] = label(str(params["rule"]), {}, language)
    return template.format_map(facts)
