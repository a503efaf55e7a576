from django.urls import path

from weimin.institutions.views import comparison, inspections, institutions, ratings

app_name = "institutions"
urlpatterns = [
    path("", institutions.institutions_page, name="institutions"),
    path("<int:number>/", institutions.institution_page, name="institution"),
    path("<int:number>/stars/", ratings.stars_page, name="stars"),
    path("inspections/", inspections.inspections_page, name="inspections"),
    path("inspections/<int:number>/", inspections.inspection_page, name="inspection"),
    path("rounds/<int:number>/record.<str:ending>", inspections.record_file, name="record"),
    path("ratings/<int:number>/", ratings.rating_page, name="rating"),
    path("comparison/", comparison.comparison_page, name="comparison"),
    path("bulletins/", comparison.bulletins_page, name="bulletins"),
    path("bulletins/<int:number>/", comparison.bulletin_page, name="bulletin"),
    path("bulletins/<int:number>/bulletin.<str:ending>", comparison.bulletin_file, name="bulletin_file"),
]
