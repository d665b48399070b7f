"""A sample organisation: 600 people who exist nowhere, the same at every start."""

import csv
import hashlib
import io
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
MENTORS, MENTEES, OTHERS, BUDDIES = 139, 180, 280, 12
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
Row = dict[str, str]


def chance(*parts: str) -> float:
    """The same number from 0 to 1 for the same parts, so that everybody's half year is the same."""
    return int(hashlib.sha256("/".join(parts).encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


@dataclass(frozen=True)
class Organisation:
    """Its files, as an HR department would send them: some lines are wrong, and some addresses exist no more."""

    mentors: int = MENTORS
    mentees: int = MENTEES
    others: int = OTHERS

    @property
    def size(self) -> int:
        """How many people it has, the coordinator among them."""
        return self.mentors + self.mentees + self.others + 1

    def directory(self) -> list[dict[str, Any]]:
        """Those who take no part, as a directory tells of them by SCIM."""
        _, _, names = self._rows()
        chance, first = random.Random(1601), self.mentors + self.mentees
        return [_user(_person(number, name, chance)) for number, name in enumerate(names, first)]

    def files(self) -> dict[str, bytes]:
        """Of those who take part, by role."""
        mentors, mentees, _ = self._rows()
        return {"mentor": _csv([_coordinator(), *mentors, *_wrong(mentors)]),
                "mentee": _csv([*mentees, *_wrong(mentees)])}

    def corrections(self) -> bytes:
        """What HR sends later: mentors whose address or department is another now, and some who are as they were."""
        mentors, _, _ = self._rows()
        wrong = [one for one in mentors if MOVED in one["email"]]
        found = [{**one, "email": one["email"].replace(MOVED, "example.com")} for one in wrong]
        moved = [{**one, "department": "Strategy"} for one in mentors[1:40:13]]
        return _csv([*found[:-1], *moved, *mentors[2:40:13]])

    def buddies(self) -> dict[str, bytes]:
        """Some of them help newcomers too, by role."""
        mentors, mentees, _ = self._rows()
        return {"mentor": _csv([{**one, "capacity": "1"} for one in mentors[:BUDDIES]]),
                "mentee": _csv([{**one, "wishes": ""} for one in mentees[:BUDDIES]])}

    def _rows(self) -> tuple[list[Row], list[Row], list[str]]:
        """Mentors, mentees, and the names of all others."""
        chance = random.Random(1600)
        names = [f"{first} {last}" for first in FIRST for last in LAST]
        chance.shuffle(names)
        aboard = self.mentors + self.mentees
        mentors = list(_mentors(names[:self.mentors], chance))
        mentees = list(_mentees(names[self.mentors:aboard], chance, self.mentors))
        return mentors, mentees, names[aboard:aboard + self.others]


MOVED = "moved.invalid"
"""A domain that exists nowhere, by RFC 2606: what is sent there is refused."""


def _person(number: int, name: str, chance: random.Random) -> Row:
    place = chance.choice(PLACES)
    host = MOVED if number % 60 == 17 else "example.com"
    return {"id": f"P{number:04}", "name": name, "email": f"{name.lower().replace(' ', '.')}@{host}",
            "language": chance.choice(("en", "en", "de")), "time_zone": ZONES[place], "location": place,
            "department": chance.choice(UNITS), "manager": f"M{chance.randrange(80):03}"}


def _user(person: Row) -> dict[str, Any]:
    address = person["email"].replace(MOVED, "example.com")  # SCIM takes no domain that cannot be
    return {"schemas": [USER, ENTERPRISE], "userName": person["id"], "displayName": person["name"], "active": True,
            "emails": [{"value": address, "type": "work", "primary": True}], "timezone": person["time_zone"],
            "preferredLanguage": person["language"], ENTERPRISE: {"department": person["department"]}}


def _coordinator() -> Row:
    # known to the directory, and takes no mentee
    return {"id": "C001", "name": COORDINATOR, "email": "ines.ortega@example.com", "language": "en",
            "time_zone": "Europe/Lisbon", "location": "Lisbon", "department": "People", "manager": "", "grade": "lead",
            "languages": "en;de", "skills": "", "capacity": "0"}


def _mentors(names: Sequence[str], chance: random.Random) -> Iterator[Row]:
    for number, name in enumerate(names):
        yield {**_person(number, name, chance), "grade": chance.choice(SENIOR), "languages": "en;de",
               "skills": ";".join(chance.sample(SKILLS, 4)), "capacity": chance.choice("1112")}


def _mentees(names: Sequence[str], chance: random.Random, first: int) -> Iterator[Row]:
    for number, name in enumerate(names, first):
        wishes = ";".join(f"P{one:04}" for one in chance.sample(range(first), 3)) if number % 3 else ""
        yield {**_person(number, name, chance), "grade": chance.choice(JUNIOR), "languages": "en",
               "goals": ";".join(chance.sample(SKILLS, 3)), "wishes": wishes}


def _wrong(rows: Sequence[Row]) -> Iterator[Row]:
    """What every such file has: somebody twice, an address that is none, a zone that nobody knows."""
    yield rows[0]
    yield {**rows[1], "id": "X001", "email": "no address"}
    yield {**rows[2], "id": "X002", "email": "x002@example.com", "time_zone": "Lisbon time"}


def _csv(rows: Iterable[Row]) -> bytes:
    lines, text = list(rows), io.StringIO()
    writer = csv.DictWriter(text, lines[0].keys())
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()
