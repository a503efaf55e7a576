"""Says in words why a plan's own number and that of the official codes differ, and no more than is known."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from weimin.buildout.plan.schema import Tier


@dataclass(frozen=True)
class Comparison:
    """Two counts of one tier. `own` is the plan's (with `existing` built before), `official` follows from `basis`
    official codes; `bases` are the numbers of villages that would have given `own`."""

    tier: str
    label: str
    own: int
    existing: int
    official: int
    basis: int
    coverage: Decimal | None
    with_communities: int | None
    villages_and_communities: int
    must: int
    bases: tuple[int, ...]
    noun: str
    reasons: tuple[str, ...] = ()

    @property
    def agree(self) -> bool:
        return self.own == self.official

    @property
    def to_build(self) -> int:
        """Sites still to be built by the plan's own count."""
        return self.own - self.existing


def explain(counts: Comparison) -> Comparison:
    """The comparison with its reasons filled in."""
    reasons = [_own(counts), _official(counts)]
    if counts.agree:
        reasons.append(_("两个数一致。"))
    elif counts.coverage is None:
        reasons.append(_("两个数不同：方案印发后区划可能有调整，请核对。"))
    else:
        reasons += _why(counts)
    return replace(counts, reasons=tuple(reasons))


def noun_of(tier: Tier) -> str:
    """What the official codes of a tier are called."""
    if tier.level == "village":
        return _("行政村") if tier.where.kinds == ["village"] else _("村（社区）")
    return _("乡镇（街道）") if tier.level == "township" else _("县")


def _own(counts: Comparison) -> str:
    if counts.existing:
        text = _("方案写明 %(own)s 个，其中已建成 %(existing)s 个，还要建 %(rest)s 个。")
        return text % {"own": counts.own, "existing": counts.existing, "rest": counts.to_build}
    return _("方案写明 %(own)s 个。") % {"own": counts.own}


def _official(counts: Comparison) -> str:
    if counts.coverage is None:
        return _("官方区划代码有%(noun)s %(basis)s 个，应建 %(official)s 个。") % {
            "noun": counts.noun,
            "basis": counts.basis,
            "official": counts.official,
        }
    text = _("官方区划代码有%(noun)s %(basis)s 个，乘以 %(coverage)s%% 为 %(exact)s，取整为 %(official)s 个。")
    said = text % {
        "noun": counts.noun,
        "basis": counts.basis,
        "coverage": plain(counts.coverage),
        "exact": exact(counts.basis, counts.coverage),
        "official": counts.official,
    }
    if counts.must == counts.official:
        said += _("其中必须全部覆盖的有 %(must)s 个。") % {"must": counts.must}
    return said


def _why(counts: Comparison) -> list[str]:
    reasons = []
    assert counts.coverage is not None
    if counts.with_communities is not None and counts.villages_and_communities != counts.basis:
        text = _("村和社区合起来 %(both)s 个，乘以 %(coverage)s%% 为 %(exact)s，取整为 %(points)s 个。")
        reasons.append(
            text
            % {
                "both": counts.villages_and_communities,
                "coverage": plain(counts.coverage),
                "exact": exact(counts.villages_and_communities, counts.coverage),
                "points": counts.with_communities,
            }
        )
    if counts.bases:
        text = _("要得到 %(own)s 个，基数须是 %(bases)s 个；方案没有写基数，只能推算它用的是这个数。")
        reasons.append(text % {"own": counts.own, "bases": _or(counts.bases)})
    reasons.append(_("与现行官方代码的差别可能来自村的撤并或统计口径不同，两个数都保留，由县里确认。"))
    return reasons


def _or(numbers: tuple[int, ...]) -> str:
    if len(numbers) > 3:
        return _("%(first)s 至 %(last)s") % {"first": numbers[0], "last": numbers[-1]}
    return _(" 或 ").join(str(number) for number in numbers)


def plain(number: Decimal) -> str:
    """85 for 85.00."""
    return f"{number.normalize():f}"


def exact(basis: int, coverage: Decimal) -> str:
    """The share before rounding: 229.5."""
    share = Fraction(coverage) * basis / 100
    return plain(Decimal(share.numerator) / Decimal(share.denominator))
