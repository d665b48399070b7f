"""The API before a house."""

from copy import copy
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import cast

from flask import Flask

from services.matching.application import Matching
from services.matching.entrypoints.http import make_app
from services.matching.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web.serving import Served
from tests.unit.matching.house import MatchingHouse
from tests.unit.surveys.calling import PUBLIC_KEY


def app_of(house: MatchingHouse) -> Flask:
    """Its routes are made once a process, which takes longer than most tests; each house has views of its own."""
    app = copy(_app())
    app.view_functions = {name: replace(view, service=house.matching) if isinstance(view, Served) else view
                          for name, view in app.view_functions.items()}
    return app


@cache
def _app() -> Flask:
    """Health and the audit log need a backbone, and so an app of their own."""
    return make_app(cast(Matching, None), Settings(token_key=PUBLIC_KEY), cast(Backbone, SimpleNamespace(ready=None)))
