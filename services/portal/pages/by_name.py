"""Lists that a name in the address narrows."""

from flask import request

LONGEST = 100


def sought() -> str:
    """The name in the address; empty: everybody."""
    return " ".join(request.args.get("q", "").split())[:LONGEST]


def kept() -> dict[str, str]:
    """What else narrows the list, and stays when another name is looked for."""
    return {name: value for name in ("state", "order") if (value := request.args.get(name, ""))}
