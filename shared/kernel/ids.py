"""Identity: fresh ids, and ids derived from what caused them."""

import uuid

_NAMESPACE = uuid.UUID("6f1c7c3e-5b1f-4f0e-9d57-2b8f7a0e4c11")


def new_id() -> str:
    """A fresh random id (UUID 4)."""
    return str(uuid.uuid4())


def derived_id(*parts: str) -> str:
    """The same id for the same parts, always (UUID 5): what a repeat creates is found there already."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))
