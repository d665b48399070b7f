"""What a person says in a check-in."""

from dataclasses import asdict, dataclass, replace

from shared.kernel.errors import Invalid

GOOD = 4


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`rating` and `progress` from 1 to 5; `met` whether they met since the last time; the comment is read by the
    coordinator only when `comment_visible` says so. None is not said: one click says a rating and nothing else."""

    rating: int
    met: bool | None = None
    progress: int | None = None
    comment: str | None = None
    comment_visible: bool | None = None

    def __post_init__(self) -> None:
        for figure in (self.rating, self.progress):
            if figure is not None and not 1 <= figure <= 5:
                raise Invalid("ratings go from 1 to 5")

    @property
    def is_good(self) -> bool:
        """Four or five of five."""
        return self.rating >= GOOD

    def over(self, before: "Answer | None") -> "Answer":
        """What is left unsaid stays as it was said before."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(before, **said) if before else self

    def for_coordinator(self) -> "Answer":
        """Ratings are for coordinators; a comment when the person says so."""
        return self if self.comment_visible else replace(self, comment=None)
