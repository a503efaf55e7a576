from django.urls import path

from weimin.cases.urls_agency import urlpatterns as more
from weimin.cases.views import intake, lists, pages

app_name = "cases"
urlpatterns = [
    path("", lists.case_list, name="list"),
    path("new/", intake.choose, name="choose"),
    path("new/check-number/", intake.check_number, name="check_number"),
    path("new/<str:code>/", intake.intake, name="intake"),
    path("new/together/<slug:key>/", intake.bundle, name="bundle"),
    path("<int:number>/", pages.case_page, name="case"),
    path("reviews/<int:number>/", pages.review_page, name="review"),
    path("extensions/<int:number>/", pages.extension_page, name="extension"),
    *more,
]
