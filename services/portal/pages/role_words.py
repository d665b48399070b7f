"""What a programme calls its two roles, in the reader's language; without names of its own, the usual words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

USUAL = {"mentor": _l("mentor"), "mentee": _l("mentee")}
MANY = {"mentor": _l("Mentors"), "mentee": _l("Mentees")}

Named = Mapping[str, Any] | None
"""Anything with the `role_names` of its programme."""


def role_name(of: Named, role: str) -> str:
    """As within a sentence."""
    names = ((of or {}).get("role_names") or {}).get(role) or {}
    return str(names.get(str(get_locale())) or USUAL.get(role, role))


def role_label(of: Named, role: str) -> str:
    """As it stands beside somebody's name."""
    return _capital(role_name(of, role))


def role_labels(of: Named) -> dict[str, str]:
    """By role code, for lists in which the two are told apart by nothing else."""
    return {role: _capital(_clear(of, role)) for role in USUAL}


def a_role(of: Named, role: str) -> str:
    """As somebody takes part: as a mentor, as an adviser; German says it without an article."""
    return _with_article(_clear(of, role))


def a_partner(of: Named, role: str) -> str:
    """Whom the other side has: with a mentor, with a peer."""
    return _with_article(role_name(of, role))


def all_in_role(of: Named, role: str) -> str:
    """Heads what is told of all who have it: mentors, as a buddy. Names of a programme are told of one."""
    return str(_("As %(role)s", role=a_role(of, role))) if has_own_name(of, role) else str(MANY[role])


def has_own_name(of: Named, role: str) -> bool:
    """Whether the programme calls the role something else than is usual."""
    return role_name(of, role) != str(USUAL[role])


def _clear(of: Named, role: str) -> str:
    """Peers are told apart by what their roles are usually called."""
    name = role_name(of, role)
    alike = len({role_name(of, one) for one in USUAL}) == 1
    return _("%(name)s (%(usual)s)", name=name, usual=str(USUAL[role])) if alike else name


def _with_article(name: str) -> str:
    if str(get_locale()) != "en":
        return name
    return f"{'an' if name[:1].lower() in {*'aeio'} else 'a'} {name}"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


TOOLS = {"role_name": role_name, "role_label": role_label, "a_role": a_role, "a_partner": a_partner,
         "all_in_role": all_in_role}
