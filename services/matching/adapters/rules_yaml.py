"""Reads a rules file."""

import yaml

from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.rules_file import WrongRules, rulebook_from


def read_rules(data: bytes) -> Rulebook:
    """Raises WrongRules."""
    try:
        given = yaml.safe_load(data)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongRules([f"is no YAML: {_where(error)}"]) from None
    return rulebook_from({} if given is None else given)


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "cannot be read"
    return f"line {mark.line + 1}: {problem}" if mark else str(problem)
