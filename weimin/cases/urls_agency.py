"""Pages of agency, ratings and papers; `urls.py` takes them in."""

from django.urls import path

from weimin.cases.views import agency, papers, rating

urlpatterns = [
    path("agency/", agency.mandates, name="mandates"),
    path("agency/<int:number>/", agency.mandate_page, name="mandate"),
    path("agency/changes/<int:number>/", agency.agent_change, name="agent_change"),
    path("papers/<int:number>/", papers.paper, name="paper"),
    path("ratings/", rating.ratings, name="ratings"),
    path("ratings/<int:number>/", rating.rating_page, name="rating"),
]
