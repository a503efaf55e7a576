from django.urls import path

from weimin.staffing import views

app_name = "staffing"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<int:number>/", views.worker_page, name="worker"),
    path("nominations/", views.nominations, name="nominations"),
    path("nominations/<int:number>/", views.nomination_page, name="nomination"),
    path("sites/<int:number>/", views.site_page, name="site"),
    path("filings/", views.filings, name="filings"),
    path("filings/<int:number>/", views.filing_page, name="filing"),
    path("groups/", views.groups, name="groups"),
    path("groups/<int:plan>/", views.group, name="group"),
]
