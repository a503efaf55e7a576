"""When an outbreak may be closed: no new case for the observation days of the disease, nobody under observation, nothing owed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Standing:
    """What is known of an outbreak on a day. `last_case_on`: the last onset, or the last day of the cluster where no card is there."""

    last_case_on: date
    observation: int
    unreported_cards: int = 0
    observed_contacts: int = 0
    owed_measures: int = 0
    open_chain: bool = False


def closable_from(last_case_on: date, observation: int) -> date:
    """The day after the observation days are over, counted from the day after the last onset."""
    return last_case_on + timedelta(days=observation + 1)


def hindrances(standing: Standing, on: date) -> list[str]:
    """Keys of what stands against closing; none = it may be closed."""
    found = {
        "new_cases": on < closable_from(standing.last_case_on, standing.observation),
        "cards": standing.unreported_cards > 0,
        "contacts": standing.observed_contacts > 0,
        "measures": standing.owed_measures > 0,
        "chain": standing.open_chain,
    }
    return [key for key, stands in found.items() if stands]
