"""The shape of input for a quiz: its questions, one person's answers, counts from paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.education.forms.fields import OnDay, line, text
from weimin.education.models import Phase, Quiz, QuizCount, Source
from weimin.education.parameters import bank

MOST_QUESTIONS = 20
PEOPLE = 100_000


class MakeQuiz(ActionForm):
    """Questions of the bank, and one of one's own if wanted."""

    questions = forms.MultipleChoiceField(label=_("题库里的题"), required=False, widget=forms.CheckboxSelectMultiple)
    own_text = line(_("自己出的一题"), 100)
    own_choices = text(_("自己出的题的选项"), 300, help_text=_("一行一个选项。"))
    own_answer = forms.IntegerField(label=_("自己出的题第几个选项对"), min_value=1, max_value=9, required=False)
    prizes = line(_("奖品"), 100)

    def prepare(self) -> None:
        self.offer("questions", [(one.key, one.text) for one in bank()])

    def own(self, cleaned: dict[str, Any]) -> list[dict[str, Any]]:
        """One's own question, if it was filled in."""
        choices = [choice.strip() for choice in cleaned.get("own_choices", "").splitlines() if choice.strip()]
        if not cleaned.get("own_text"):
            return []
        if not 2 <= len(choices) <= 9 or not 1 <= (cleaned.get("own_answer") or 0) <= len(choices):
            self.add_error("own_choices", _now("自己出的题要有两个以上选项，并写明第几个对。"))
            return []
        return [{"text": cleaned["own_text"], "choices": choices, "answer": cleaned["own_answer"] - 1, "why": ""}]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = set(cleaned.get("questions") or [])
        cleaned["all"] = [one.stored() for one in bank() if one.key in chosen] + self.own(cleaned)
        if not cleaned["all"] and not self.errors:
            self.add_error("questions", _now("至少选一道题。"))
        if len(cleaned["all"]) > MOST_QUESTIONS:
            self.add_error("questions", _now("最多 %(most)d 道题。") % {"most": MOST_QUESTIONS})
        return cleaned


class AboutQuiz(ActionForm):
    """A form about a quiz; `asked` are its questions."""

    phase = forms.ChoiceField(label=_("阶段"), choices=Phase.choices, widget=forms.RadioSelect)

    @property
    def asked(self) -> list[dict[str, Any]]:
        return self.target.questions if isinstance(self.target, Quiz) else []


class AnswerQuiz(AboutQuiz):
    """One person's answers, without a name. Once somebody has answered after the activity, the next one does so too."""

    def prepare(self) -> None:
        if isinstance(self.target, Quiz):
            begun = QuizCount.objects.filter(quiz=self.target, phase=Phase.AFTER, source=Source.PAGE).exists()
            self.initial.setdefault("phase", Phase.AFTER if begun else Phase.BEFORE)
        for number, question in enumerate(self.asked):
            choices = list(enumerate(question["choices"]))
            self.fields[f"question_{number}"] = forms.TypedChoiceField(
                label=f"{number + 1}. {question['text']}", choices=choices, coerce=int, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["chosen"] = [cleaned.get(f"question_{number}", -1) for number in range(len(self.asked))]
        return cleaned


class EnterCounts(AboutQuiz, OnDay):
    """What came of the paper sheets of one phase: people, and right answers to each question."""

    people = forms.IntegerField(label=_("作答人数"), min_value=1, max_value=PEOPLE)

    def prepare(self) -> None:
        super().prepare()
        for number, question in enumerate(self.asked):
            label = _now("第 %(number)d 题答对人数：%(text)s") % {"number": number + 1, "text": question["text"]}
            self.fields[f"correct_{number}"] = forms.IntegerField(label=label, min_value=0, max_value=PEOPLE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        people = cleaned.get("people")
        for number in range(len(self.asked)):
            if people is not None and (cleaned.get(f"correct_{number}") or 0) > people:
                self.add_error(f"correct_{number}", _now("答对人数不能多于作答人数。"))
        cleaned["counted"] = [(number + 1, people, cleaned.get(f"correct_{number}")) for number in range(len(self.asked))]
        return cleaned


class EnterCount(AboutQuiz, OnDay):
    """The same for one question: a row of a sheet."""

    question = forms.IntegerField(label=_("题号"), min_value=1, max_value=MOST_QUESTIONS + 1)
    answered = forms.IntegerField(label=_("作答人数"), min_value=1, max_value=PEOPLE)
    correct = forms.IntegerField(label=_("答对人数"), min_value=0, max_value=PEOPLE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if isinstance(self.target, Quiz) and (cleaned.get("question") or 0) > len(self.asked):
            self.add_error("question", _now("这次竞猜只有 %(count)d 道题。") % {"count": len(self.asked)})
        if (cleaned.get("correct") or 0) > (cleaned.get("answered") or PEOPLE):
            self.add_error("correct", _now("答对人数不能多于作答人数。"))
        return cleaned


class CloseQuiz(ActionForm):
    winners = forms.IntegerField(label=_("中奖人数"), min_value=0, max_value=PEOPLE, required=False)
    prizes = line(_("奖品"), 100)

    def prepare(self) -> None:
        if isinstance(self.target, Quiz):
            self.initial.setdefault("prizes", self.target.prizes)
