"""What the HR system tells: a part of what is true of somebody, with the same effects as the directory."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog

from services.matching.application.directory import Directory, Told
from services.matching.contracts.people import PersonState
from services.matching.domain.directory import BadDetails, Details, Leave, Weekday
from services.matching.domain.hr_news import Facts, HrNews, begun, ended
from services.matching.domain.person import Person, folded
from shared.kernel.errors import AlreadyExists, NotFound
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
        known = self.directory.people.named([directory_id])
        said = self._said(facts)
        if person := known.get(folded(directory_id)):
            self.directory.revise(person.id, lambda one: _told(one, said, _here(one)), cause)
        else:
            self.directory.enter(Told(directory_id=directory_id, details=replace(self.fresh, **said)), cause)

    def moved(self, directory_id: str, facts: Facts, cause: Cause) -> None:
        said = self._said(facts)
        self._revise(directory_id, lambda _: said, lambda news: news.move(facts), cause)

    def leave_begun(self, directory_id: str, leave: Leave, cause: Cause) -> None:
        self._revise(directory_id, lambda person: {"leaves": begun(person.details.leaves, leave)},
                     lambda news: news.leave(leave), cause)

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
        for news in self.store.get_many([person_id]):
            with suppress(BadDetails, NotFound):
                self._fill(news)
            self.store.delete(news.id)

    def ring(self, person_id: str, _now: datetime) -> None:
        """What the worker does when the time of what was kept is over."""
        self._drop(person_id)

    def forget(self, person_id: str, names: set[str]) -> int:
        """Takes somebody out of all that waits; answers how much of it held them."""
        own = self.store.get_many([person_id])
        others = [one for one in self.store.each({}) if folded(one.facts.get("manager_id", "")) in names]
        for one in others:
            self.store.change(one.id, lambda news: news.forget(names))
        for one in own:
            self.store.delete(one.id)
        return len(own) + len(others)

    def _fill(self, news: HrNews) -> None:
        said = {**self._said(news.facts), "leaves": news.leaves}
        self.directory.revise(news.id, lambda one: _told(one, _blank(one, said), one.state))
        self.directory.people.store.change(news.id, lambda one: one.heed(news.applied))

    def _revise(self, directory_id: str, said: Callable[[Person], Facts], keep: Callable[[HrNews], None],
                cause: Cause) -> None:
        """The person may come while their news are put aside: then they are taken up again."""
        if (person := self._named(directory_id)) is None:
            self._keep(directory_id, keep, cause)
            if (person := self._named(directory_id)) is None:
                return
            self.take_up(person.id)
        self.directory.revise(person.id, lambda one: _told(one, said(one), one.state), cause)

    def _keep(self, directory_id: str, keep: Callable[[HrNews], None], cause: Cause) -> None:
        if self.directory.erased.among([directory_id]):
            return
        place = self.directory.people.ids_of([directory_id])[folded(directory_id)]
        fresh = HrNews.begin(place, self.directory.clock.now())
        keep(fresh)
        try:
            self.store.add(fresh, cause=cause)
        except AlreadyExists:
            self.store.change(place, keep, cause=cause)

    def _drop(self, person_id: str) -> None:
        with suppress(NotFound):
            self.store.delete(person_id)
        log.info("hr_news_not_ours")

    def _named(self, directory_id: str) -> Person | None:
        return self.directory.people.named([directory_id]).get(folded(directory_id))

    def _said(self, facts: Facts) -> Facts:
        """What is said, in our own terms."""
        said = {name: fact for name, fact in facts.items() if fact is not None}
        if manager := said.get("manager_id"):
            said["manager_id"] = self.directory.people.ids_of([manager])[folded(manager)]
        for name, kind in (("languages", str), ("working_days", Weekday)):
            if name in said:
                said[name] = tuple(map(kind, said[name]))
        return said


def _told(person: Person, said: Facts, state: PersonState) -> Told:
    return Told(directory_id=person.directory_id, details=replace(person.details, **said), state=state)


def _here(person: Person) -> PersonState:
    return PersonState.ACTIVE if person.has_left else person.state


def _blank(person: Person, said: Facts) -> Facts:
    return {part: fact for part, fact in said.items() if not getattr(person.details, part)}
