"""The age limits of groups that have some, and what a group means for visits."""

from __future__ import annotations

from weimin.residents.models import GroupKind

# full years, both included: B-50 and B-51 (未满 18), B-55 (不满 16), A2 (老年人 60 起)
AGES: dict[str, tuple[int, int]] = {
    GroupKind.LEFT_BEHIND_CHILD: (0, 15),
    GroupKind.ORPHAN: (0, 17),
    GroupKind.UNSUPPORTED_CHILD: (0, 17),
    GroupKind.LIVING_ALONE: (60, 130),
    GroupKind.PARTY_MEMBER: (18, 130),
}
