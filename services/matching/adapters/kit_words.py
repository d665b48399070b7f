"""What the papers of a promotion kit say, in each language. Placeholders are facts of the programme."""

from services.matching.contracts.participants import Role
from services.matching.domain.kit import Paper

Words = dict[str, str]
Section = tuple[str, tuple[str, ...]]

LABELS: dict[str, Words] = {
    "en": {"runs": "The programme runs", "apply_by": "Apply by", "asked": "How it goes is asked every",
           "span": "{start} to {end}", "days": "{number} days", "contact": "Questions? {name}, {email}",
           "nobody": "Questions? Ask the programme office.", "target": "target {target}"},
    "de": {"runs": "Das Programm läuft", "apply_by": "Bewerben bis", "asked": "Wie es läuft, wird gefragt alle",
           "span": "{start} bis {end}", "days": "{number} Tage", "contact": "Fragen? {name}, {email}",
           "nobody": "Fragen? Frag das Programmbüro.", "target": "Ziel {target}"},
}

CALLS: dict[str, dict[Paper, dict[Role, Words]]] = {
    "en": {
        Paper.POSTER: {
            Role.MENTOR: {"title": "Somebody could learn from you", "lead": "Become {a_mentor} in {programme}.",
                          "ask": "See what it takes, and apply"},
            Role.MENTEE: {"title": "Somebody knows the way",
                          "lead": "Become {a_mentee} in {programme}, and find your {mentor}.",
                          "ask": "See what it takes, and apply"}},
        Paper.CHAT: {
            Role.MENTOR: {"title": "",
                          "lead": "Somebody here could learn from you: would you be {a_mentor} in {programme}? It "
                                  "runs until {ends_on}. All about it, and the form: {url}",
                          "ask": "See what it takes, and apply"},
            Role.MENTEE: {"title": "",
                          "lead": "Somebody here knows the way that you would like to go: would you like to be "
                                  "{a_mentee} in {programme}? It runs until {ends_on}. All about it, and the form: "
                                  "{url}",
                          "ask": "See what it takes, and apply"}},
        Paper.NOTICE: {
            Role.MENTOR: {"title": "{programme} looks for people who pass on what they know",
                          "lead": "{programme} runs from {starts_on} to {ends_on} and brings together people who know "
                                  "with people who would like to learn. Whoever would be {a_mentor} says for how many "
                                  "people there is room, and may pause at any time.",
                          "ask": "See what it takes, and apply"},
            Role.MENTEE: {"title": "{programme}: find somebody who knows the way",
                          "lead": "{programme} runs from {starts_on} to {ends_on} and brings together people who would "
                                  "like to learn with people who know. Whoever would be {a_mentee} says what they "
                                  "would like to learn, and meets somebody outside of their own line, in confidence.",
                          "ask": "See what it takes, and apply"}},
        Paper.MAIL: {
            Role.MENTOR: {"title": "Will you be {a_mentor} in {programme}?",
                          "lead": "Hello, somebody here could learn from what you know. {programme} brings the two of "
                                  "you together.",
                          "ask": "See what it takes, and apply"},
            Role.MENTEE: {"title": "Would you like to be {a_mentee} in {programme}?",
                          "lead": "Hello, somebody here knows the way that you would like to go. {programme} brings "
                                  "the two of you together.",
                          "ask": "See what it takes, and apply"}},
        Paper.REMINDER: {
            Role.MENTOR: {"title": "Still time to become {a_mentor} in {programme}",
                          "lead": "Hello, a few days ago you were asked whether you would be {a_mentor} in "
                                  "{programme}. The form takes a few minutes, and you may stop in between.",
                          "ask": "Apply now"},
            Role.MENTEE: {"title": "Still time to become {a_mentee} in {programme}",
                          "lead": "Hello, a few days ago you heard of {programme}. The form takes a few minutes, and "
                                  "you may stop in between.",
                          "ask": "Apply now"}},
    },
    "de": {
        Paper.POSTER: {
            Role.MENTOR: {"title": "Jemand könnte von dir lernen", "lead": "Sei dabei in {programme}: als {a_mentor}.",
                          "ask": "Ansehen, was dazugehört, und bewerben"},
            Role.MENTEE: {"title": "Jemand kennt den Weg", "lead": "Sei dabei in {programme}: als {a_mentee}.",
                          "ask": "Ansehen, was dazugehört, und bewerben"}},
        Paper.CHAT: {
            Role.MENTOR: {"title": "",
                          "lead": "Jemand hier könnte von dir lernen: Bist du dabei in {programme}, als {a_mentor}? Es "
                                  "läuft bis zum {ends_on}. Alles dazu und das Formular: {url}",
                          "ask": "Ansehen, was dazugehört, und bewerben"},
            Role.MENTEE: {"title": "",
                          "lead": "Jemand hier kennt den Weg, den du gehen möchtest: Bist du dabei in {programme}, als "
                                  "{a_mentee}? Es läuft bis zum {ends_on}. Alles dazu und das Formular: {url}",
                          "ask": "Ansehen, was dazugehört, und bewerben"}},
        Paper.NOTICE: {
            Role.MENTOR: {"title": "{programme} sucht Leute, die etwas weiterzugeben haben",
                          "lead": "{programme} läuft vom {starts_on} bis zum {ends_on} und bringt Leute, die etwas "
                                  "können, mit Leuten zusammen, die es lernen möchten. Wer dabei ist, als {a_mentor}, "
                                  "sagt, für wie viele Leute Zeit ist, und kann jederzeit pausieren.",
                          "ask": "Ansehen, was dazugehört, und bewerben"},
            Role.MENTEE: {"title": "{programme}: Finde jemanden, der den Weg kennt",
                          "lead": "{programme} läuft vom {starts_on} bis zum {ends_on} und bringt Leute, die lernen "
                                  "möchten, mit Leuten zusammen, die etwas können. Wer dabei ist, als {a_mentee}, "
                                  "sagt, was es sein soll, und trifft vertraulich jemanden außerhalb der eigenen "
                                  "Linie.",
                          "ask": "Ansehen, was dazugehört, und bewerben"}},
        Paper.MAIL: {
            Role.MENTOR: {"title": "Bist du dabei in {programme}: als {a_mentor}?",
                          "lead": "Hallo, jemand hier könnte von dem lernen, was du kannst. {programme} bringt euch "
                                  "zusammen.",
                          "ask": "Ansehen, was dazugehört, und bewerben"},
            Role.MENTEE: {"title": "Bist du dabei in {programme}: als {a_mentee}?",
                          "lead": "Hallo, jemand hier kennt den Weg, den du gehen möchtest. {programme} bringt euch "
                                  "zusammen.",
                          "ask": "Ansehen, was dazugehört, und bewerben"}},
        Paper.REMINDER: {
            Role.MENTOR: {"title": "Noch ist Zeit für {programme}: als {a_mentor}",
                          "lead": "Hallo, vor ein paar Tagen wurdest du gefragt, ob du in {programme} dabei bist. Das "
                                  "Formular dauert ein paar Minuten, und du kannst zwischendurch aufhören.",
                          "ask": "Jetzt bewerben"},
            Role.MENTEE: {"title": "Noch ist Zeit für {programme}: als {a_mentee}",
                          "lead": "Hallo, vor ein paar Tagen hast du von {programme} gehört. Das Formular dauert ein "
                                  "paar Minuten, und du kannst zwischendurch aufhören.",
                          "ask": "Jetzt bewerben"}},
    },
}
"""What asks people to take part, by the role in which they are asked."""

TOLD: dict[str, dict[Paper, Words]] = {
    "en": {
        Paper.BRIEFING: {
            "title": "{programme}: a briefing for leaders",
            "lead": "What the programme is for, what it asks of your people, and what you can do for it.",
            "ask": "Pass this on to people who should take part"},
        Paper.PROPOSAL: {
            "title": "{programme}: a proposal",
            "lead": "Why the organisation should do this, how it works, and how to see whether it did.",
            "ask": "See the form as applicants do"}},
    "de": {
        Paper.BRIEFING: {
            "title": "{programme}: ein Briefing für Führungskräfte",
            "lead": "Wofür das Programm da ist, was es von deinen Leuten verlangt und was du dafür tun kannst.",
            "ask": "Gib das an Leute weiter, die dabei sein sollten"},
        Paper.PROPOSAL: {
            "title": "{programme}: ein Vorschlag",
            "lead": "Warum die Organisation das tun sollte, wie es geht und woran man sieht, ob es wirkt.",
            "ask": "Das Formular ansehen, wie Bewerber es sehen"}},
}
"""What explains the programme to others."""

GAINS: dict[str, dict[Role, tuple[Section, ...]]] = {
    "en": {
        Role.MENTOR: (("What you get", (
            "You say for how many people you have room, and may pause at any time.",
            "You are prepared together with your {mentee} before you begin.",
            "You practise what you take along: listening, asking, giving feedback.")),),
        Role.MENTEE: (("What you get", (
            "You say what you would like to learn, and whom you would like to learn from.",
            "You meet somebody outside of your own line, in confidence.",
            "If it does not fit, you get another {mentor} without blame.")),),
    },
    "de": {
        Role.MENTOR: (("Was du davon hast", (
            "Du sagst, für wie viele Leute du Zeit hast, und kannst jederzeit pausieren.",
            "Ihr werdet zusammen vorbereitet, bevor es losgeht.",
            "Du übst, was du mitnimmst: zuhören, fragen, Rückmeldung geben.")),),
        Role.MENTEE: (("Was du davon hast", (
            "Du sagst, was du lernen möchtest und von wem.",
            "Du triffst jemanden außerhalb deiner eigenen Linie, vertraulich.",
            "Wenn es nicht passt, bekommst du ohne Vorwurf jemand anderen.")),),
    },
}

SECTIONS: dict[str, dict[Paper, tuple[Section, ...]]] = {
    "en": {
        Paper.BRIEFING: (
            ("What it asks of people", (
                "A meeting every few weeks, as the two agree, in working hours.",
                "Pairs are never made along a reporting line, and what is said stays between the two.",
                "You see figures of the programme, never how a single pair is doing.")),
            ("What you can do", (
                "Say in your team that taking part is welcome, and give the time for it.",
                "Suggest people who have something to pass on, and let them decide.",
                "Ask at the end what the programme has changed, by its own measures."))),
        Paper.PROPOSAL: (
            ("How it works", (
                "People apply or are invited; each mentor is approved by a coordinator.",
                "Pairs are matched by rules that anybody can read, each with a reason, and published by a person.",
                "Both are prepared together; how it goes is asked regularly, and silence is noticed early.")),
            ("What it rests on", (
                "Careful matching, training of both sides and regular support are recommended practice.",
                "Whether it works here is measured here: the measures and targets stand below.")),
            ("What it takes", (
                "A coordinator, a sponsor who speaks for it, and working time for those who take part.",))),
    },
    "de": {
        Paper.BRIEFING: (
            ("Was es verlangt", (
                "Alle paar Wochen ein Treffen, wie es die beiden vereinbaren, in der Arbeitszeit.",
                "Tandems entstehen nie entlang der Berichtslinie, und was gesagt wird, bleibt zwischen den beiden.",
                "Du siehst Zahlen des Programms, nie wie es einem einzelnen Tandem geht.")),
            ("Was du tun kannst", (
                "Sag in deinem Team, dass Mitmachen willkommen ist, und gib die Zeit dafür.",
                "Schlag Leute vor, die etwas weiterzugeben haben, und lass sie selbst entscheiden.",
                "Frag am Ende nach den Zielen des Programms, was es verändert hat."))),
        Paper.PROPOSAL: (
            ("Wie es geht", (
                "Leute bewerben sich oder werden eingeladen; jede Mentorin und jeder Mentor wird bestätigt.",
                "Tandems entstehen nach lesbaren Regeln, jedes mit einem Grund, und ein Mensch gibt sie frei.",
                "Beide werden zusammen vorbereitet; es wird regelmäßig gefragt, und Stille fällt früh auf.")),
            ("Worauf es beruht", (
                "Sorgfältiges Matching, Training beider Seiten und regelmäßige Begleitung sind empfohlene Praxis.",
                "Ob es hier wirkt, wird hier gemessen: Maße und Ziele stehen unten.")),
            ("Was es braucht", (
                "Eine Koordination, jemanden mit Einfluss, der dafür spricht, und Arbeitszeit für alle.",))),
    },
}
HEADINGS = {"en": {"purpose": "What it is for", "objectives": "How it is measured"},
            "de": {"purpose": "Wofür es da ist", "objectives": "Woran es gemessen wird"}}
