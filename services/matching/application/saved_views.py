"""Views of lists that coordinators keep for themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from services.matching.domain.called import names
from services.matching.domain.saved_view import MOST_VIEWS, ListName, SavedView, TooManyViews, ViewNameTaken, sound_name
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, NotFound
from shared.store.documents import Taken
from shared.store.repository import Repository


@dataclass(frozen=True)
class SavedViews:
    """A unique index holds one name to one view of a list, person and programme."""

    store: Repository[SavedView]
    clock: Clock

    def get(self, view_id: str) -> SavedView:
        """Raises NotFound."""
        view = self.store.get(view_id)
        if view.gone:
            raise NotFound(f"no view {view_id} any more")
        return view

    def of(self, programme_id: str, owner_id: str, list: ListName | None = None) -> list[SavedView]:
        """By name. Of all lists unless one is named."""
        here = {"programme_id": programme_id, "owner_id": owner_id} | ({"list": list} if list else {})
        return sorted((one for one in self.store.each(here) if not one.gone), key=attrgetter("list", "name"))

    def save(self, programme_id: str, owner_id: str, list: ListName, name: str, filter: str, q: str = ""
             ) -> SavedView:
        """Of two at the same instant both may be the last that there is room for. Raises BadViewName, ViewNameTaken,
        TooManyViews."""
        view = SavedView(id=self.store.id_for_new(), programme_id=programme_id, owner_id=owner_id, list=list,
                         name=sound_name(name), filter=filter, q=q)
        if len(self.of(programme_id, owner_id, list)) >= MOST_VIEWS:
            raise TooManyViews(f"{MOST_VIEWS} views of one list are as many as there may be: delete one first")
        try:
            return self.store.add(view)
        except AlreadyExists:
            raise ViewNameTaken("a view of this list has that name") from None

    def rename(self, view_id: str, name: str) -> SavedView:
        """Raises NotFound, BadViewName, ViewNameTaken."""
        self.get(view_id)
        try:
            return self.store.change(view_id, lambda view: view.rename(name))
        except Taken:
            raise ViewNameTaken("a view of this list has that name") from None

    def delete(self, view_id: str) -> SavedView:
        """As it was. Raises NotFound."""
        view = self.get(view_id)
        self._give_up(view_id)
        return view

    def ring(self, view_id: str, _now: datetime) -> None:
        """What the worker does with one that was deleted. Raises Busy until its last entry in the audit log is out."""
        self.store.delete(view_id)

    def forget(self, person_id: str, called: Iterable[str]) -> int:
        """How many somebody had. Views of others look no more for these names and addresses of theirs."""
        mine = [*called]
        for one in [one.id for one in self.store.each({}) if any(names(one.q, name) for name in mine)]:
            self.store.change(one, SavedView.look_for_nobody)
        ids = [one.id for one in self.store.each({"owner_id": person_id}) if not one.gone]
        for one in ids:
            self._give_up(one)
        return len(ids)

    def _give_up(self, view_id: str) -> None:
        self.store.change(view_id, lambda view: view.give_up(self.clock.now()))
