"""Pages of agency, ratings and papers; `urls.py` takes them in."""

from django.urls import path

from weimin.cases.views import rating

urlpatterns = [
    path("ratings/", rating.ratings, name="ratings"),
    path("ratings/<int:number>/", rating.rating_page, name="rating"),
]
