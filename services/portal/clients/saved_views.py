"""What the portal asks of matching about views that coordinators keep for themselves."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json


@dataclass(frozen=True)
class SavedViews:
    calls: Calls

    def of(self, programme_id: str, list: str) -> list[Json]:
        """The reader's own, by name."""
        return self.calls.items(f"/programmes/{programme_id}/views", list=list)

    def save(self, programme_id: str, view: Json, key: str) -> Answer:
        return self.calls.send("POST", f"/programmes/{programme_id}/views", json=view, key=key)

    def rename(self, view_id: str, name: str) -> Answer:
        return self.calls.send("PATCH", f"/views/{view_id}", json={"name": name})

    def delete(self, view_id: str) -> Answer:
        return self.calls.send("DELETE", f"/views/{view_id}")
