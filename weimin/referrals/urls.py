from django.urls import path

from weimin.referrals.views import pairings, referrals

app_name = "referrals"
urlpatterns = [
    path("", referrals.referrals, name="referrals"),
    path("people/", referrals.people, name="people"),
    path("<int:number>/", referrals.referral_page, name="referral"),
    path("<int:number>/sheet.<str:ending>", referrals.sheet_file, name="sheet"),
    path("pairings/", pairings.pairings, name="pairings"),
    path("pairings/<int:number>/", pairings.pairing_page, name="pairing"),
]
