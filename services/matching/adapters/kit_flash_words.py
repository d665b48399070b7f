"""What the papers of a promotion kit say of flash mentoring, where it is not what they say of pairs for months."""

from services.matching.adapters import kit_words as usual
from services.matching.adapters.kit_words import Section, Words
from services.matching.contracts.participants import Role
from services.matching.domain.kit import Paper

TAKES: dict[str, Words] = {
    "en": {"takes": "What it takes", "one": "One meeting, on one question"},
    "de": {"takes": "Was es braucht", "one": "Ein Treffen, zu einer Frage"},
}
GAINS: dict[str, dict[Role, tuple[Section, ...]]] = {
    "en": {
        Role.MENTOR: (("What you get", (
            "You say for how many people you have room, and may pause at any time.",
            "You read the question first, and say yes or no.",
            "You meet once, and it is done.")),),
        Role.MENTEE: (("What you get", (
            "You ask one question, and choose whom you ask.",
            "You meet somebody outside of your own line, in confidence.",
            "Where somebody cannot, the next one on your list is asked.")),),
    },
    "de": {
        Role.MENTOR: (("Was du davon hast", (
            "Du sagst, für wie viele Leute du Zeit hast, und kannst jederzeit pausieren.",
            "Du liest zuerst die Frage und sagst dann ja oder nein.",
            "Ihr trefft euch einmal, und das war es.")),),
        Role.MENTEE: (("Was du davon hast", (
            "Du stellst eine Frage und suchst aus, wem.",
            "Du triffst jemanden außerhalb deiner eigenen Linie, vertraulich.",
            "Wer nicht kann, macht Platz für die Nächsten auf deiner Liste.")),),
    },
}
_ASKED: dict[str, dict[Paper, Section]] = {
    "en": {
        Paper.BRIEFING: ("What it asks of people", (
            "A single meeting on one question, on a day that the two agree, in working hours.",
            "Nobody meets along a reporting line, and what is said stays between the two.",
            "You see figures of the programme, never how a single meeting went.")),
        Paper.PROPOSAL: ("How it works", (
            "People apply or are invited; each mentor is approved by a coordinator.",
            "Whoever has a question asks mentors of their choice, one after the other, each with a few days to answer.",
            "After the meeting both are asked once how it was, and the pair closes by itself.")),
    },
    "de": {
        Paper.BRIEFING: ("Was es verlangt", (
            "Ein einziges Treffen zu einer Frage, an einem Tag, den die beiden vereinbaren, in der Arbeitszeit.",
            "Niemand trifft sich entlang der Berichtslinie, und was gesagt wird, bleibt zwischen den beiden.",
            "Du siehst Zahlen des Programms, nie wie ein einzelnes Treffen war.")),
        Paper.PROPOSAL: ("Wie es geht", (
            "Leute bewerben sich oder werden eingeladen; jede Mentorin und jeder Mentor wird bestätigt.",
            "Wer eine Frage hat, fragt nacheinander Leute eigener Wahl; alle haben ein paar Tage für die Antwort.",
            "Nach dem Treffen werden beide einmal gefragt, wie es war, und das Tandem endet von selbst.")),
    },
}
_RESTS_ON = {"en": ("What it rests on", usual.SECTIONS["en"][Paper.PROPOSAL][1][1][1:]),
             "de": ("Worauf es beruht", usual.SECTIONS["de"][Paper.PROPOSAL][1][1][1:])}
SECTIONS: dict[str, dict[Paper, tuple[Section, ...]]] = {
    language: {Paper.BRIEFING: (asked[Paper.BRIEFING], usual.SECTIONS[language][Paper.BRIEFING][-1]),
               Paper.PROPOSAL: (asked[Paper.PROPOSAL], _RESTS_ON[language],
                                usual.SECTIONS[language][Paper.PROPOSAL][-1])}
    for language, asked in _ASKED.items()}
