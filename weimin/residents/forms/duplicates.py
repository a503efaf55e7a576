"""Two records: one person or two."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.residents.forms.fields import reason_field
from weimin.residents.models import Resident, ResidentStatus


class MergeResidents(ActionForm):
    """The record at hand goes into the one that is kept, named by its number in the register."""

    into = forms.IntegerField(label=_("保留的登记编号"), min_value=1, max_value=2**62, help_text=_("保留的那条记录页面上的“登记编号”。"))
    reason = reason_field(help_text=_("怎样核对是同一个人。"))

    def clean_into(self) -> Resident:
        number, target = self.cleaned_data["into"], self.target
        found = Resident.objects.visible_to(self.actor).filter(pk=number).exclude(status=ResidentStatus.MERGED).first() if self.actor else None
        if found is None:
            raise forms.ValidationError(_("没有找到这个登记编号。"))
        if isinstance(target, Resident) and found.pk == target.pk:
            raise forms.ValidationError(_("不能并入自己。"))
        if isinstance(target, Resident) and target.id_number and found.id_number and target.id_number != found.id_number:
            raise forms.ValidationError(_("两条记录的证件号码不同，是两个人；号码有误的，先更正。"))
        return found


class KeepTwo(ActionForm):
    reason = reason_field(help_text=_("怎样核对不是同一个人。"))
