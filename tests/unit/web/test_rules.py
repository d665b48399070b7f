"""URLs are read at once, and built when somebody asks."""

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule

from shared.web.rules import LazyRule

URLS = ("/pairs/<rule>", "/pairs/<rule>/goals/<int:number>", "/pairs")


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which rules werkzeug compiled a builder for."""
    found: list[str] = []
    own = Rule._compile_builder

    def compile_builder(rule: Rule, append_unknown: bool = True) -> object:
        found.append(rule.rule)
        return own(rule, append_unknown)
    monkeypatch.setattr(Rule, "_compile_builder", compile_builder)
    return found


def test_nothing_is_compiled_to_read_a_url(compiled: list[str]) -> None:
    urls = Map([LazyRule(url, endpoint=url) for url in URLS]).bind("localhost")

    found = urls.match("/pairs/7/goals/3")

    assert found == ("/pairs/<rule>/goals/<int:number>", {"rule": "7", "number": 3})
    with pytest.raises(NotFound):
        urls.match("/people")
    assert compiled == []


def test_a_url_is_built_as_werkzeug_builds_it(compiled: list[str]) -> None:
    lazy, own = (Map([kind(url, endpoint=url) for url in URLS]).bind("localhost") for kind in (LazyRule, Rule))
    compiled.clear()
    values = {"rule": "a b", "number": 3, "after": "x&y"}

    built = [lazy.build("/pairs/<rule>/goals/<int:number>", values) for _ in range(2)]

    assert built == [own.build("/pairs/<rule>/goals/<int:number>", values)] * 2
    assert compiled == ["/pairs/<rule>/goals/<int:number>"]
