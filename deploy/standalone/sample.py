"""A sample organisation: 600 people who exist nowhere, the same at every start."""

import csv
import io
import random
from collections.abc import Iterator

FIRST = """
Ada Ben Cara Dev Elif Finn Gita Hana Ivo Jana Kofi Lena Milo Nia Omar Pia Quinn Rosa Sven
Tara Uma Vito Wen Xenia Yara Zane Aiko Bram Chloe Dina Emre Freya Goran Hugo Ines Jonas
Karim Lotte Mara Nils
""".split()
LAST = """
Abbot Becker Castro Dahl Eriksen Fuchs Garcia Hoang Ito Jensen Kaya Lund Moreau Novak
Okafor Petrov Quist Rossi Sato Tanaka Ullman Vogel Weber Xu Yilmaz Ziegler Adler Brandt
Conti Duarte
""".split()
SKILLS = ("leading a team", "public speaking", "python", "data analysis", "negotiation", "project planning", "sales",
          "writing", "giving feedback", "product design", "cloud", "hiring", "finance", "conflict")
PLACES = ("Lisbon", "Oslo", "Vienna", "Zurich")
ZONES = {"Lisbon": "Europe/Lisbon", "Oslo": "Europe/Oslo", "Vienna": "Europe/Vienna", "Zurich": "Europe/Zurich"}
UNITS = ("Engineering", "Sales", "Finance", "People", "Operations")
SENIOR, JUNIOR = ("senior", "lead", "principal"), ("junior", "professional")
COORDINATOR = "Ines Ortega"
MENTORS, MENTEES = 259, 340


def files() -> tuple[bytes, bytes]:
    """(mentors, mentees) as an HR department would send them."""
    chance = random.Random(1600)
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(names)
    mentors = list(_mentors(names[:MENTORS], chance))
    mentees = list(_mentees(names[MENTORS:MENTORS + MENTEES], chance))
    return _csv(mentors), _csv(mentees)


def _person(number: int, name: str, chance: random.Random) -> dict[str, str]:
    place = chance.choice(PLACES)
    return {"id": f"P{number:04}", "name": name, "email": f"{name.lower().replace(' ', '.')}@example.com",
            "language": chance.choice(("en", "en", "de")), "time_zone": ZONES[place], "location": place,
            "department": chance.choice(UNITS), "manager": f"M{chance.randrange(80):03}"}


def _mentors(names: list[str], chance: random.Random) -> Iterator[dict[str, str]]:
    # the coordinator is known to the directory, and takes no mentee
    yield {"id": "C001", "name": COORDINATOR, "email": "ines.ortega@example.com", "language": "en",
           "time_zone": "Europe/Lisbon", "location": "Lisbon", "department": "People", "manager": "", "grade": "lead",
           "languages": "en;de", "skills": "", "capacity": "0"}
    for number, name in enumerate(names):
        yield {**_person(number, name, chance), "grade": chance.choice(SENIOR), "languages": "en;de",
               "skills": ";".join(chance.sample(SKILLS, 4)), "capacity": chance.choice("1112")}


def _mentees(names: list[str], chance: random.Random) -> Iterator[dict[str, str]]:
    for number, name in enumerate(names, MENTORS):
        wishes = ";".join(f"P{one:04}" for one in chance.sample(range(MENTORS), 3)) if number % 3 else ""
        yield {**_person(number, name, chance), "grade": chance.choice(JUNIOR), "languages": "en",
               "goals": ";".join(chance.sample(SKILLS, 3)), "wishes": wishes}


def _csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
