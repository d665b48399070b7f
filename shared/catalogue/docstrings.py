"""What authors wrote beside a class and its fields: a docstring, or a text below the field."""

import ast
import inspect
import textwrap
from itertools import pairwise
from typing import Any


def summary_of(kind: type[Any]) -> str:
    """The class' own docstring in one line; empty where there is none (a generated signature is no description)."""
    written = kind.__dict__.get("__doc__") or ""
    return "" if written.startswith(f"{kind.__name__}(") else " ".join(written.split())


def description_of(kind: type[Any], root: type[Any]) -> str:
    """Its summary and those of its parents below `root`: what events of one entity share is said once, in a parent."""
    lineage = kind.__mro__[:kind.__mro__.index(root)]
    return " ".join(filter(None, map(summary_of, lineage)))


def descriptions_of_fields(kind: type[Any]) -> dict[str, str]:
    """Field → the text that follows it in the class body or in a parent's."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__[:-1]):
        found |= _in_body(one)
    return found


def _in_body(kind: type[Any]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for field, below in pairwise(_class_body(kind)):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                texts[name] = " ".join(text.split())
    return texts


def _class_body(kind: type[Any]) -> list[ast.stmt]:
    definition = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    return definition.body if isinstance(definition, ast.ClassDef) else []
