"""The door: signing in (password, then one-time code), the demonstration's cards, switching posts, signing out."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tenants.utils import schema_context

from weimin.accounts.authentication import has_second_factor, let_in, needs_second_factor, try_code, try_password
from weimin.accounts.forms import CodeForm, SignInForm
from weimin.accounts.guard import signed_in
from weimin.accounts.keys import PENDING, POST
from weimin.accounts.middleware import client_ip
from weimin.accounts.models import Person, Post, SignIn
from weimin.accounts.queries import in_force
from weimin.accounts.rules import password_too_old
from weimin.accounts.session import begin, move_to, remember_jurisdiction, safe_next
from weimin.jurisdictions.middleware import UPPER, jurisdiction_of_host
from weimin.jurisdictions.models import Jurisdiction
from weimin.regions.rules import range_of
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request
from weimin.walls.tenancy import tenancy

PENDING_SECONDS = 300


def choices(request: Request) -> list[tuple[str, str]]:
    """Where one may sign in, as (value, name); empty when the host name or a single jurisdiction leaves no choice."""
    if jurisdiction_of_host(request) is not None:
        return []
    rows = [(str(code), name) for code, name in Jurisdiction.objects.values_list("code", "name")]
    with schema_context("public"):
        above = Person.objects.exists()
    if above or not rows:
        rows.append((UPPER, _("省、市级（全部辖区）")))
    return rows if len(rows) > 1 else []


def cards(request: Request) -> list[dict[str, Any]]:
    """The demonstration's jurisdictions with one card per post; nothing on a real installation."""
    if not settings.DEMONSTRATION:
        return []
    shown = Jurisdiction.objects.filter(demonstration=True)
    return [{"jurisdiction": row, "cards": row.cards} for row in shown if row.cards]


def sign_in_page(request: Request, form: SignInForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "demonstrations": cards(request),
        "next": safe_next(request),
        "idle": "idle" in request.GET or getattr(request, "idle", False),
    }
    return render(request, "accounts/sign_in.html", context, status=status)


@never_cache
@ensure_csrf_cookie
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    offered = choices(request)
    here = str(request.tenant.code) if request.tenant else UPPER
    if request.method == "GET":
        return sign_in_page(request, SignInForm(offered=offered, initial={"jurisdiction": here}))
    form = SignInForm(request.POST, offered=offered)
    if not form.is_valid():
        return sign_in_page(request, form, status=422)
    if offered:
        move_to(request, Jurisdiction.objects.filter(code=int(form.cleaned_data["jurisdiction"])).first())
    now, ip = timezone.now(), client_ip(request)
    person = try_password(form.cleaned_data["login"], form.cleaned_data["password"], ip, now)
    if person is None:
        form.add_error(None, _("登录名或口令不对，或者已被锁定。连续 5 次不对会锁定 15 分钟；忘了口令请找系统管理员重置。"))
        return sign_in_page(request, form, status=422)
    if has_second_factor(person):
        request.session.flush()
        request.session[PENDING] = {"person": person.pk, "at": int(time.time()), "next": safe_next(request)}
        return remember_jurisdiction(HttpResponseRedirect(reverse("accounts:second_step")), request.tenant)
    return welcome(request, person, safe_next(request))


def welcome(request: Request, person: Person, wanted: str) -> HttpResponse:
    """The person is who they say: a fresh session, and what is still owed (new password, second factor) first."""
    now, tenant = timezone.now(), request.tenant
    demonstration = bool(settings.DEMONSTRATION and tenant is not None and tenant.demonstration)
    if not demonstration and password_too_old(person.password_changed_at, now) and not person.must_change_password:
        Person.objects.filter(pk=person.pk).update(must_change_password=True)
    enrol = needs_second_factor(person, now, demonstration) and not has_second_factor(person)
    let_in(person, client_ip(request), now)
    begin(request, person, enrol=enrol)
    home = "/" if tenant is not None else reverse("accounts:jurisdictions")
    return remember_jurisdiction(HttpResponseRedirect(wanted or home), tenant)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_step(request: Request) -> HttpResponse:
    """The one-time code after the right password; five minutes are given for it."""
    pending = request.session.get(PENDING)
    if not pending or time.time() - pending["at"] > PENDING_SECONDS:
        return HttpResponseRedirect(reverse("accounts:sign_in"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = Person.objects.get(pk=pending["person"])
        if try_code(person, form.cleaned_data["code"], client_ip(request), timezone.now()):
            return welcome(request, person, pending["next"])
        form.add_error("code", _("动态口令不对或已用过。请等下一个数字；连续 5 次不对会锁定 15 分钟。"))
    return render(request, "accounts/second_step.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def enter(request: Request) -> HttpResponse:
    """One click into a demonstration post. On a real installation this page does not exist."""
    code, number = request.POST.get("jurisdiction", ""), request.POST.get("post", "")
    if not settings.DEMONSTRATION or not (code.isdigit() and number.isdigit()):
        raise NotVisible()
    jurisdiction = Jurisdiction.objects.filter(code=int(code), demonstration=True).first()
    if jurisdiction is None or int(number) not in {card["post"] for card in jurisdiction.cards}:
        raise NotVisible()
    request.session.flush()
    move_to(request, jurisdiction)
    now = timezone.now()
    post = Post.objects.select_related("person").filter(in_force(timezone.localdate(now)), pk=int(number), person__active=True).first()
    if post is None:
        raise NotVisible()
    let_in(post.person, client_ip(request), now, SignIn.Outcome.DEMONSTRATION)
    begin(request, post.person, post=post.pk)
    return remember_jurisdiction(HttpResponseRedirect(safe_next(request) or "/"), jurisdiction)


@require_POST
@signed_in
def switch_post(request: Request) -> HttpResponse:
    """Takes another of one's own or delegated posts; any other number is as good as missing."""
    number = request.POST.get("post", "")
    if number not in {str(seat.post) for seat in request.seats}:
        raise NotVisible()
    request.session[POST] = int(number)
    return HttpResponseRedirect(safe_next(request) or "/")


@require_POST
def sign_out(request: Request) -> HttpResponse:
    request.session.flush()
    return HttpResponseRedirect(reverse("accounts:sign_in"))


@require_GET
@signed_in
def jurisdictions(request: Request) -> HttpResponse:
    """Where people above all jurisdictions land: the jurisdictions inside the range of their post."""
    if tenancy.schema_name != "public":
        raise NotVisible()
    low, high = request.actor.low, request.actor.high
    rows = [row for row in Jurisdiction.objects.filter(code__gte=low, code__lte=high) if range_of(row.code)[1] <= high]
    return render(request, "accounts/jurisdictions.html", {"rows": rows})
