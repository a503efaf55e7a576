"""How an outbreak stands: what hinders its closing."""

from __future__ import annotations

from datetime import date

from weimin.epidemics.finding import cards, contacts
from weimin.epidemics.models import CaseState, ContactState, Measure, MeasureState, Outbreak
from weimin.epidemics.rules_closing import Standing, closable_from, hindrances
from weimin.epidemics.wording import hindrance_words
from weimin.walls.actor import Actor


def standing_of(actor: Actor, outbreak: Outbreak) -> Standing:
    """Three counts; for posts that see cases and contacts."""
    linked = cards(actor).filter(outbreak=outbreak)
    onsets = linked.filter(state__in=[CaseState.DUE, CaseState.REPORTED]).order_by("-onset_on").values_list("onset_on", flat=True)
    return Standing(
        max([outbreak.last_on, *onsets[:1]]),
        outbreak.observation,
        unreported_cards=linked.filter(state=CaseState.DUE).count(),
        observed_contacts=contacts(actor).filter(outbreak=outbreak, state=ContactState.OBSERVED).count(),
        owed_measures=Measure.objects.visible_to(actor).filter(outbreak=outbreak, state=MeasureState.OWED).count(),
        open_chain=outbreak.chain in ("to_bureau", "to_government"),
    )


def hindrances_of(actor: Actor, outbreak: Outbreak, on: date) -> list[str]:
    """Sentences; none = it may be closed."""
    standing = standing_of(actor, outbreak)
    clear = closable_from(standing.last_case_on, standing.observation)
    return hindrance_words(hindrances(standing, on), standing.observation, clear.isoformat())
