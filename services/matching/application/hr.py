"""What the HR system tells: a part of what is true of somebody, with the same effects as the directory."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import structlog

from services.matching.application.directory import Directory, NameTaken, Told
from services.matching.application.erased_names import NameErased
from services.matching.application.people import MOST_NAMESAKES
from services.matching.contracts.people import PersonState
from services.matching.domain.directory import BadDetails, Details, Leave, Weekday
from services.matching.domain.hr_news import Facts, HrNews, begun, ended
from services.matching.domain.person import Person, folded
from services.matching.domain.person import person_id as minted
from shared.kernel.errors import AlreadyExists, Busy, NotFound
from shared.kernel.events import Cause
from shared.store.repository import Repository

log = structlog.get_logger("hr")


@dataclass(frozen=True)
class HrChanges:
    """`fresh` details count for new people of whom HR does not say them. News of people whom nobody knows are kept in
    `store` until they come or the time is over."""

    store: Repository[HrNews]
    directory: Directory
    fresh: Details

    def joined(self, directory_id: str, facts: Facts, cause: Cause) -> None:
        """Nothing is heard of whoever asked to be forgotten."""
        said = self._said(facts)
        if person := self._named(directory_id):
            for news in self._waiting(directory_id):
                self.store.change(news.id, lambda one: one.move(self._sound(facts)), cause=cause)
            self.directory.revise(person.id, lambda one: _told(one, said, _here(one)), cause)
            return
        with suppress(NameErased):
            self._enter(Told(directory_id=directory_id, details=replace(self.fresh, **said)), cause)

    def _enter(self, told: Told, cause: Cause) -> None:
        try:
            self.directory.enter(told, cause)
        except NameTaken:
            raise Busy("the directory tells of the same person at once: try again") from None

    def moved(self, directory_id: str, facts: Facts, cause: Cause) -> None:
        said = self._said(facts)
        self._revise(directory_id, lambda _: said, lambda news: news.move(self._sound(facts)), cause)

    def leave_begun(self, directory_id: str, leave: Leave, cause: Cause) -> None:
        self._revise(directory_id, lambda person: {"leaves": begun(person.details.leaves, leave)},
                     lambda news: news.leave(leave) if self._is_sound("leaves", (leave,)) else None, cause)

    def leave_ended(self, directory_id: str, back_on: date, cause: Cause) -> None:
        self._revise(directory_id, lambda person: {"leaves": ended(person.details.leaves, back_on)},
                     lambda news: news.end_leave(back_on), cause)

    def left(self, directory_id: str, cause: Cause) -> None:
        """Of whoever is not known nothing is kept: who is entered later is somebody who came."""
        if person := self._named(directory_id):
            self.directory.revise(person.id, lambda one: _told(one, {}, PersonState.LEFT), cause)
        else:
            self._drop(self.directory.people.ids_of([directory_id])[folded(directory_id)])

    def take_up(self, person_id: str) -> None:
        """Somebody is known now: what HR had told before fills in what their entry, which is newer, leaves blank."""
        def told(person: Person, news: HrNews) -> Told:
            said = {**self._said(news.facts), "leaves": news.leaves}
            return _told(person, _blank(person, said), person.state)
        for news in self.store.get_many([person_id]):
            self._settle(news, person_id, told)

    def take_up_name(self, person_id: str, newer: Collection[str]) -> None:
        """Somebody who was known has a name now of which HR had told: its word holds, but on what the directory said
        with the name, which is `newer`: there it fills in what is blank."""
        def told(person: Person, news: HrNews) -> Told:
            return _held(person, news, self._said(news.facts), newer)
        for news in self._waiting(self.directory.people.get(person_id).directory_id):
            self._settle(news, person_id, told)

    def ring(self, person_id: str, _now: datetime) -> None:
        """What the worker does when the time of what was kept is over."""
        self._drop(person_id)

    def names_erased(self, texts: Collection[str]) -> bool:
        """Whether one of these was erased, and is no name or address of whoever is here and another of these means."""
        here = [one for one in self.directory.people.named(texts).values() if not one.has_left]
        return bool(self.directory.erased.among(texts) - {name for one in here for name in one.names})

    def forget(self, person_id: str, names: set[str]) -> int:
        """Takes somebody out of all that waits; answers how much of it held them."""
        own = self.store.get_many([person_id])
        others = [one for one, manager in self.store.parts({}, ["_id", "facts.manager_id"])
                  if folded(manager or "") in names]
        for one in others:
            self.store.change(one, lambda news: news.forget(names))
        for news in own:
            self.store.delete(news.id)
        return len(own) + len(others)

    def _settle(self, news: HrNews, person_id: str, told: Callable[[Person, HrNews], Told]) -> None:
        """What HR tells meanwhile is put to the news first, then to the person: so the decision reads them again, and
        what they had applied before counts as heard."""
        try:
            self.directory.revise(person_id, lambda one: told(one, self.store.get(news.id)))
            self._heed(person_id, news)
        except (BadDetails, NotFound) as error:
            log.warning("hr_news_left_out", person_id=person_id, why=error.code)
        with suppress(NotFound):
            self.store.delete(news.id)

    def _heed(self, person_id: str, news: HrNews) -> None:
        self.directory.people.store.change(person_id, lambda one: one.heed(news.applied))

    def _waiting(self, directory_id: str) -> list[HrNews]:
        """What was kept under this name, whoever bears it now."""
        return self.store.get_many([minted(directory_id, number) for number in range(1, MOST_NAMESAKES + 1)])

    def _revise(self, directory_id: str, said: Callable[[Person], Facts], keep: Callable[[HrNews], None],
                cause: Cause) -> None:
        """What still waits under the name hears of it, too, so that older news do not come after this. The person may
        come while their news are put aside: these are the later word, whoever takes up the rest, and when."""
        def told(person: Person) -> Told:
            return _told(person, said(person), person.state)
        if person := self._named(directory_id):
            for news in self._waiting(directory_id):
                self.store.change(news.id, keep, cause=cause)
            self.directory.revise(person.id, told, cause)
        elif (kept := self._keep(directory_id, keep, cause)) and (person := self._named(directory_id)):
            self.directory.revise(person.id, told)
            self._heed(person.id, kept)

    def _keep(self, directory_id: str, keep: Callable[[HrNews], None], cause: Cause) -> HrNews | None:
        """None of whoever is forgotten."""
        if self.directory.erased.among([directory_id]):
            return None
        place = self.directory.people.ids_of([directory_id])[folded(directory_id)]
        fresh = HrNews.begin(place, self.directory.clock.now())
        keep(fresh)
        try:
            return self.store.add(fresh, cause=cause)
        except AlreadyExists:
            return self.store.change(place, keep, cause=cause)

    def _drop(self, person_id: str) -> None:
        with suppress(NotFound):
            self.store.delete(person_id)
        log.info("hr_news_not_ours")

    def _named(self, directory_id: str) -> Person | None:
        return self.directory.people.named([directory_id]).get(folded(directory_id))

    def _sound(self, facts: Facts) -> Facts:
        """Of what is kept for whoever may come, that alone which can be of somebody: there is nobody yet whom the rest
        could keep waiting."""
        return {part: fact for part, fact in facts.items() if self._is_sound(part, fact)}

    def _is_sound(self, part: str, fact: Any) -> bool:
        somebody = {"name": "Somebody"} | ({} if fact is None or part == "manager_id" else self._said({part: fact}))
        if not replace(self.fresh, **somebody).is_sound:
            log.warning("hr_fact_left_out", part=part)
            return False
        return True

    def _id_of(self, manager: str) -> str:
        """Nobody's where it is blank, or somebody who was forgotten."""
        people, name = self.directory.people, folded(manager)
        gone = not name or self.directory.erased.nobodys([name], people)
        return "" if gone else people.ids_of([name])[name]

    def _said(self, facts: Facts) -> Facts:
        """What is said, in our own terms."""
        said = {name: fact for name, fact in facts.items() if fact is not None}
        if manager := said.get("manager_id"):
            said["manager_id"] = self._id_of(manager)
        for name, kind in (("languages", str), ("working_days", Weekday)):
            if name in said:
                said[name] = tuple(map(kind, said[name]))
        return said


def _told(person: Person, said: Facts, state: PersonState) -> Told:
    return Told(directory_id=person.directory_id, details=replace(person.details, **said), state=state)


def _here(person: Person) -> PersonState:
    return PersonState.ACTIVE if person.has_left else person.state


def _held(person: Person, news: HrNews, said: Facts, newer: Collection[str]) -> Told:
    facts = {**said, "leaves": news.leaves_after(person.details.leaves)}
    older = {part: fact for part, fact in facts.items() if part not in newer}
    return _told(person, _blank(person, facts) | older, person.state)


def _blank(person: Person, said: Facts) -> Facts:
    return {part: fact for part, fact in said.items() if not getattr(person.details, part)}
