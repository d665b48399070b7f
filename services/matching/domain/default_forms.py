"""Forms to begin from, as data: what rules and profile of each template read, room, and why people join."""

from services.matching.contracts.participants import Role
from services.matching.domain.choice import CHOICES
from services.matching.domain.form import FieldKind, Form, FormField, Option

_MENTOR, _MENTEE = (Role.MENTOR,), (Role.MENTEE,)


def _option(code: str, en: str, de: str) -> Option:
    return Option(code=code, labels={"en": en, "de": de})


_LANGUAGES = (
    _option("en", "English", "Englisch"), _option("de", "German", "Deutsch"), _option("fr", "French", "Französisch"),
    _option("es", "Spanish", "Spanisch"), _option("it", "Italian", "Italienisch"), _option("pl", "Polish", "Polnisch"),
)
_GRADES = (
    _option("junior", "Junior", "Junior"), _option("professional", "Professional", "Fachkraft"),
    _option("senior", "Senior", "Senior"), _option("lead", "Lead", "Leitung eines Teams"),
    _option("principal", "Principal", "Principal"), _option("director", "Director", "Leitung eines Bereichs"),
)
_DRIVERS = (
    _option("pass-on", "Pass on what I know", "Weitergeben, was ich weiß"),
    _option("learn", "Learn from somebody else’s view", "Von einer anderen Sicht lernen"),
    _option("lead", "Practise leading", "Führen üben"),
    _option("give-back", "Give back what I was given", "Zurückgeben, was ich bekommen habe"),
    _option("connect", "Meet people of other parts of the organisation", "Leute aus anderen Bereichen kennenlernen"),
)
_HURDLES = (
    _option("time", "Little time", "Wenig Zeit"),
    _option("experience", "No experience as a mentor yet", "Noch keine Erfahrung als Mentor/in"),
    _option("support", "Little support by my manager", "Wenig Rückhalt meiner Führungskraft"),
    _option("distance", "Another place or time zone", "Ein anderer Ort oder eine andere Zeitzone"),
    _option("none", "None", "Keine"),
)

_SKILLS = FormField(
    key="skills", kind=FieldKind.SKILLS, roles=_MENTOR, required=True, most=20,
    labels={"en": "What can others learn from you?", "de": "Was können andere von dir lernen?"},
    helps={"en": "A skill a line.", "de": "Eine Fähigkeit je Zeile."})
_GOALS = FormField(
    key="goals", kind=FieldKind.SKILLS, roles=_MENTEE, required=True, most=20,
    labels={"en": "What would you like to learn?", "de": "Was möchtest du lernen?"},
    helps={"en": "A skill a line.", "de": "Eine Fähigkeit je Zeile."})
_SPOKEN = FormField(
    key="languages", kind=FieldKind.SEVERAL_OF, required=True, options=_LANGUAGES,
    labels={"en": "In which languages can you talk?", "de": "In welchen Sprachen kannst du sprechen?"})
_GRADE = FormField(
    key="grade", kind=FieldKind.ONE_OF, options=_GRADES,
    labels={"en": "Your level", "de": "Deine Stufe"},
    helps={"en": "Leave it empty to go by the directory.", "de": "Leer heißt: wie es im Verzeichnis steht."})
_INTERESTS = FormField(
    key="interests", kind=FieldKind.LONG_TEXT,
    labels={"en": "What interests you beside your work?", "de": "Was interessiert dich neben der Arbeit?"},
    helps={"en": "An interest a line.", "de": "Ein Interesse je Zeile."})
_VALUES = FormField(
    key="values", kind=FieldKind.SKILLS, most=5,
    labels={"en": "What matters to you when you work with somebody?",
            "de": "Was ist dir wichtig, wenn du mit jemandem arbeitest?"},
    helps={"en": "In your own words, up to five, one a line: honesty, humour, being on time …",
           "de": "In deinen Worten, bis zu fünf, eines je Zeile: Ehrlichkeit, Humor, Pünktlichkeit …"})
_PLANNING = FormField(
    key="style_planning", kind=FieldKind.SCALE,
    labels={"en": "How do you like to work: by a plan, or as it comes?",
            "de": "Wie arbeitest du gern: nach Plan, oder wie es kommt?"},
    helps={"en": "From 1, by a plan, to 5, as it comes.", "de": "Von 1, nach Plan, bis 5, wie es kommt."})
_TALKING = FormField(
    key="style_talking", kind=FieldKind.SCALE,
    labels={"en": "How do you like to talk: short and direct, or at length?",
            "de": "Wie sprichst du gern: kurz und direkt, oder ausführlich?"},
    helps={"en": "From 1, short and direct, to 5, at length.",
           "de": "Von 1, kurz und direkt, bis 5, ausführlich."})
_HOW_ONE_IS = (_VALUES, _PLANNING, _TALKING)

_DEPARTMENT = FormField(
    key="department", kind=FieldKind.SHORT_TEXT, labels={"en": "Your department", "de": "Deine Abteilung"},
    helps=_GRADE.helps)
_LOCATION = FormField(
    key="location", kind=FieldKind.SHORT_TEXT, labels={"en": "Where you work", "de": "Wo du arbeitest"},
    helps=_GRADE.helps)
_CAPACITY = FormField(
    key="capacity", kind=FieldKind.NUMBER, roles=_MENTOR, required=True, least=0, most=10,
    labels={"en": "For how many mentees do you have time at once?",
            "de": "Für wie viele Mentees hast du gleichzeitig Zeit?"})
_VOLUNTARY = FormField(
    key="voluntary", kind=FieldKind.YES_NO, roles=_MENTOR, required=True,
    labels={"en": "Do you volunteer?", "de": "Machst du das freiwillig?"},
    helps={"en": "“No” is a fair answer: mentoring works best when nobody is sent.",
           "de": "„Nein“ ist eine gute Antwort: Mentoring gelingt am besten, wenn niemand geschickt wird."})
_WISHES = FormField(
    key="wishes", kind=FieldKind.PEOPLE, roles=_MENTEE, most=CHOICES,
    labels={"en": "Whom do you wish for as your mentor?", "de": "Wen wünschst du dir als Mentor/in?"},
    helps={"en": "Up to three e-mail addresses, one a line, your first wish first.",
           "de": "Bis zu drei E-Mail-Adressen, eine je Zeile, dein erster Wunsch zuerst."})
_WHY = FormField(
    key="drivers", kind=FieldKind.SEVERAL_OF, roles=_MENTOR, options=_DRIVERS,
    labels={"en": "Why would you like to be a mentor?", "de": "Warum möchtest du Mentor/in sein?"})
_WHAT_HINDERS = FormField(
    key="hurdles", kind=FieldKind.SEVERAL_OF, roles=_MENTOR, options=_HURDLES,
    labels={"en": "What could get in the way?", "de": "Was könnte im Weg stehen?"})
_HONESTLY = {"en": "From 1, not yet, to 5, always. An honest answer brings training, not a no.",
             "de": "Von 1, noch nicht, bis 5, immer. Eine ehrliche Antwort bringt Training, keine Absage."}
_LISTENING = FormField(
    key="listening", kind=FieldKind.SCALE, roles=_MENTOR, helps=_HONESTLY,
    labels={"en": "I listen until I have understood, and ask before I advise.",
            "de": "Ich höre zu, bis ich verstanden habe, und frage, bevor ich rate."})
_FEEDBACK = FormField(
    key="feedback", kind=FieldKind.SCALE, roles=_MENTOR, helps=_HONESTLY,
    labels={"en": "I give feedback that is clear and specific, and praise as well.",
            "de": "Ich gebe klare und genaue Rückmeldung, und lobe auch."})

_ALL_OF_MENTORS = (_CAPACITY, _VOLUNTARY, _WHY, _WHAT_HINDERS, _LISTENING, _FEEDBACK)

CAREER = Form(fields=(
    _SKILLS, _GOALS, _SPOKEN, _GRADE, _INTERESTS, *_HOW_ONE_IS, _DEPARTMENT, _LOCATION, *_ALL_OF_MENTORS, _WISHES))
"""Asks for what the default rules read."""

BUDDIES = Form(fields=(_SPOKEN, _INTERESTS, *_HOW_ONE_IS, _DEPARTMENT, _LOCATION, *_ALL_OF_MENTORS, _WISHES))
"""Asks for what buddies are matched by."""

PEERS = Form(fields=(
    _SKILLS, _GOALS, _SPOKEN, _GRADE, _INTERESTS, *_HOW_ONE_IS, *_ALL_OF_MENTORS, _WISHES))
"""Asks what one can give and what one looks for; both are of one level."""
