"""Who acts: one person in one post, with the range of region codes that the post covers."""

from __future__ import annotations

from dataclasses import dataclass, field

SYSTEM_ROLE = "system"
EVERYWHERE = (0, 999_999_999_999)


@dataclass(frozen=True)
class Actor:
    """A person in a post. `low..high` is the inclusive range of 12-digit region codes that the post may see."""

    person: int | None
    name: str
    post: int | None
    role: str
    low: int
    high: int
    purposes: frozenset[str] = field(default_factory=frozenset)
    ip: str = ""
    channel: str = "web"

    def covers(self, region: int) -> bool:
        return self.low <= region <= self.high

    def has_purpose(self, purpose: str) -> bool:
        """Whether the post opens data kept for a purpose; data without one are open to every post in range."""
        return not purpose or purpose in self.purposes or "*" in self.purposes

    @property
    def is_system(self) -> bool:
        return self.role == SYSTEM_ROLE


def system_actor(low: int = EVERYWHERE[0], high: int = EVERYWHERE[1], *, name: str = "system", channel: str = "job") -> Actor:
    """The software itself: jobs and commands. It sees the range it is given, in every purpose."""
    return Actor(None, name, None, SYSTEM_ROLE, low, high, frozenset({"*"}), "", channel)
