"""Whose answers name somebody, without loading whose they are."""

from collections.abc import Iterable
from typing import Any

from services.matching.domain.mentions import answers_without
from shared.store.repository import Repository


def answers_naming(store: Repository[Any], programme_ids: Iterable[str], names: set[str]) -> list[str]:
    """Ids in `store`, whose documents are of programmes. `names` are folded, and may stand anywhere in a text, where no
    index finds them: the texts alone are read, a programme at a time."""
    return [one for programme_id in programme_ids
            for one, answers in store.parts({"programme_id": programme_id}, ["_id", "answers"])
            if answers_without(answers, names) != answers]
