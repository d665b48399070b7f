"""Ideal Mentor Profiles to begin from, as data: each looks at what the form of its template asks."""

from services.matching.domain.profile import Criterion, Profile, Wants

_WILLING = Criterion(
    code="willing", key="voluntary", wants=Wants.NAMES, words=("yes",), points=20, module="mentor-role",
    labels={"en": "Does it of their own accord", "de": "Macht es aus freien Stücken"})
_EXPERIENCED = Criterion(
    code="experienced", key="hurdles", wants=Wants.NAMES_NONE, words=("experience",), points=20,
    module="mentoring-basics", labels={"en": "Has been a mentor", "de": "War schon Mentor/in"})
_IN_TIME = Criterion(
    code="has-time", key="hurdles", wants=Wants.NAMES_NONE, words=("time",), points=10, module="time-and-effort",
    labels={"en": "Has time", "de": "Hat Zeit"})
_GIVING = Criterion(
    code="much-to-give", key="skills", wants=Wants.NAMES, least=2, points=20, module="what-to-pass-on",
    labels={"en": "Names two skills to pass on", "de": "Nennt zwei Fähigkeiten zum Weitergeben"})
_LISTENING = Criterion(
    code="listens", key="listening", wants=Wants.AT_LEAST, least=4, points=15, module="active-listening",
    labels={"en": "Listens", "de": "Hört zu"})
_FEEDBACK = Criterion(
    code="gives-feedback", key="feedback", wants=Wants.AT_LEAST, least=4, points=15, module="clear-feedback",
    labels={"en": "Gives clear feedback", "de": "Gibt klare Rückmeldung"})

CAREER = Profile(criteria=(_WILLING, _EXPERIENCED, _IN_TIME, _GIVING, _LISTENING, _FEEDBACK))
"""All points together are 100."""

BUDDIES = Profile(criteria=(_WILLING, _IN_TIME, _LISTENING))
"""Whoever takes somebody by the hand for three months need not have done so before."""

PEERS = Profile(criteria=(_WILLING, _GIVING, _LISTENING, _FEEDBACK))
"""Both give and both take."""
