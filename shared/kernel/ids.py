"""Identity: fresh ids, and ids derived from what caused them."""

import uuid
from hashlib import sha1

_NAMESPACE = uuid.UUID("6f1c7c3e-5b1f-4f0e-9d57-2b8f7a0e4c11")


class FreshId(str):
    """An id that nothing had before the command that drew it: it need not be looked up."""

    __slots__ = ()


def new_id() -> FreshId:
    """A fresh random id (UUID 4)."""
    return FreshId(uuid.uuid4())


def derived_id(*parts: str) -> str:
    """The same id for the same parts, always (UUID 5): what a repeat creates is found there already."""
    digest = sha1(_NAMESPACE.bytes + "\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]  # written out: an object in between takes as long as all the rest
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"
