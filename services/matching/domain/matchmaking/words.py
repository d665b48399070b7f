"""The tables of `wording`: a sentence for each code, the same codes in each language."""

REASONS = {
    "en": {
        "overlap": "{label}: {shared} ({count} of {wanted})",
        "same": "{label}: both {value}",
        "close": "{label}: mentor {mentor}, mentee {mentee}",
        "above": "{label}: mentor {mentor} above mentee {mentee}",
        "wish": "{label}: number {rank} of the mentee",
        "mentor-wish": "{label}: number {rank} of the mentor",
        "waited": "{label}: {rounds} rounds without a mentor",
    },
    "de": {
        "overlap": "{label}: {shared} ({count} von {wanted})",
        "same": "{label}: beide {value}",
        "close": "{label}: Mentor/in {mentor}, Mentee {mentee}",
        "above": "{label}: Mentor/in {mentor} über Mentee {mentee}",
        "wish": "{label}: Nummer {rank} der/des Mentee",
        "mentor-wish": "{label}: Nummer {rank} der Mentorin/des Mentors",
        "waited": "{label}: {rounds} Runden ohne Mentor/in",
    },
}

BROKEN = {
    "en": {
        "barred": "wish {rank} ({wished}): barred by the rule “{rule}”",
        "no-seats": "wish {rank} ({wished}): offers no seat",
        "seats-taken": "wish {rank} ({wished}): seats went to others",
        "unknown": "wish {rank} ({wished}): not among the mentors",
    },
    "de": {
        "barred": "Wunsch {rank} ({wished}): durch die Regel „{rule}“ ausgeschlossen",
        "no-seats": "Wunsch {rank} ({wished}): bietet keinen Platz",
        "seats-taken": "Wunsch {rank} ({wished}): Plätze gingen an andere",
        "unknown": "Wunsch {rank} ({wished}): nicht unter den Mentor/innen",
    },
}

UNMATCHED = {
    "en": {
        "mentee-none-wanted": "wants no mentor",
        "mentee-nobody-there": "there are no mentors",
        "mentee-none-allowed": "no mentor is allowed; the rule “{rule}” removes {removed} of {of}",
        "mentee-no-seats": "{allowed} allowed mentors, none with a seat",
        "mentee-over-demanded": "over-demanded: {mentees} mentees can only go to the same {mentors} mentors, "
        "who have {seats} seats",
        "mentee-outweighed": "all others together have more points so; {allowed} mentors were allowed",
        "mentee-fewer-than-wanted": "has {got} of {wanted} mentors wanted",
        "mentor-no-capacity": "offers no seat",
        "mentor-nobody-there": "there are no mentees",
        "mentor-none-allowed": "no mentee is allowed; the rule “{rule}” removes {removed} of {of}",
        "mentor-not-needed": "not needed: the {allowed} allowed mentees are better placed with others",
    },
    "de": {
        "mentee-none-wanted": "wünscht keine Mentorin und keinen Mentor",
        "mentee-nobody-there": "es gibt keine Mentor/innen",
        "mentee-none-allowed": "niemand ist erlaubt; die Regel „{rule}“ schließt {removed} von {of} Mentor/innen aus",
        "mentee-no-seats": "{allowed} erlaubte Mentor/innen, keine/r mit einem Platz",
        "mentee-over-demanded": "zu gefragt: {mentees} Mentees können nur zu denselben {mentors} Mentor/innen, "
        "die {seats} Plätze haben",
        "mentee-outweighed": "alle anderen zusammen haben so mehr Punkte; {allowed} Mentor/innen waren erlaubt",
        "mentee-fewer-than-wanted": "hat {got} von {wanted} gewünschten Mentor/innen",
        "mentor-no-capacity": "bietet keinen Platz",
        "mentor-nobody-there": "es gibt keine Mentees",
        "mentor-none-allowed": "niemand ist erlaubt; die Regel „{rule}“ schließt {removed} von {of} Mentees aus",
        "mentor-not-needed": "nicht gebraucht: die {allowed} erlaubten Mentees passen besser zu anderen",
    },
}

NAMES = {
    "en": {
        "skills": "Skills",
        "seniority": "Seniority",
        "interests": "Interests",
        "location": "Location",
        "same-department": "Department",
        "department": "Department",
        "languages": "Languages",
        "time_zone": "Time zone",
        "grade": "Grade",
        "wish": "Wish",
        "mentor-wish": "Wish",
        "waited": "Waited",
        "self": "not oneself",
        "own-manager": "not in one’s own reporting line",
        "reporting-line": "not in one’s own reporting line",
        "same-manager": "not with the same manager",
        "common-language": "a common language",
        "excluded": "excluded pairs",
        "excluded-pairs": "excluded pairs",
        "excluded-by-mentee": "excluded by the mentee",
        "excluded-by-mentor": "excluded by the mentor",
    },
    "de": {
        "skills": "Fähigkeiten",
        "seniority": "Erfahrung",
        "interests": "Interessen",
        "location": "Standort",
        "same-department": "Abteilung",
        "department": "Abteilung",
        "languages": "Sprachen",
        "time_zone": "Zeitzone",
        "grade": "Stufe",
        "wish": "Wunsch",
        "mentor-wish": "Wunsch",
        "waited": "Gewartet",
        "self": "nicht mit sich selbst",
        "own-manager": "nicht in der eigenen Berichtslinie",
        "reporting-line": "nicht in der eigenen Berichtslinie",
        "same-manager": "nicht mit derselben Führungskraft",
        "common-language": "eine gemeinsame Sprache",
        "excluded": "ausgeschlossene Tandems",
        "excluded-pairs": "ausgeschlossene Tandems",
        "excluded-by-mentee": "von der/dem Mentee ausgeschlossen",
        "excluded-by-mentor": "von der Mentorin/dem Mentor ausgeschlossen",
    },
}
