"""Where rows and answers name somebody, and the same without them."""

import json
import re
from collections.abc import Mapping

from services.matching.domain.columns import Field, Mapping_
from services.matching.domain.directory_row import Part
from services.matching.domain.matchmaking.cells import BETWEEN
from services.matching.domain.person import folded
from services.matching.domain.row import Row

NAMING = (Field.WISHES.value, Field.EXCLUDE.value, Field.MANAGER.value, Part.OTHER_MANAGERS.value,
          Part.SPONSOR.value)
"""What people name other people in."""


def is_about(mapping: Mapping_, cells: Mapping[str, str], names: set[str]) -> bool:
    """Whether a line is somebody's own; `names` are folded."""
    row = Row(0, cells, mapping)
    return bool(names & {row.directory_id, folded(row.email)})


def without(mapping: Mapping_, cells: Mapping[str, str], names: set[str]) -> dict[str, str]:
    """The line without somebody: emptied when it is their own."""
    if is_about(mapping, cells, names):
        return dict.fromkeys(cells, "")
    naming = {mapping[field] for field in NAMING if field in mapping}
    return {column: unnamed(cell, names) if column in naming else cell for column, cell in cells.items()}


def unnamed(cell: str, names: set[str]) -> str:
    """The cell as it was when it does not name them."""
    entries = BETWEEN.split(cell)
    left = [one for one in entries if folded(one) not in names]
    return cell if len(left) == len(entries) else ";".join(left)


def answers_without(answers: Mapping[str, str], names: set[str]) -> dict[str, str]:
    """The answers without somebody: their address may stand anywhere in any of them, their name in the directory only
    where people are named."""
    addresses = {name for name in names if "@" in name}
    return {key: _unsaid(unnamed(text, names if key in NAMING else addresses), addresses)
            for key, text in answers.items()}


def _unsaid(text: str, addresses: set[str]) -> str:
    """The text without these addresses; longer ones that contain them stay."""
    for one in addresses:
        text = re.sub(rf"(?<![\w.+-]){re.escape(one)}(?![\w-]|\.\w)", "…", text, flags=re.IGNORECASE)
    return text


def stands_in(written: str, names: set[str]) -> bool:
    """Whether a JSON text may name them: rather once too often, for a longer name, than not."""
    text = written.casefold()
    return any(json.dumps(name, ensure_ascii=False)[1:-1] in text for name in names)
