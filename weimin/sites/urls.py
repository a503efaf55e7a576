from django.urls import path

from weimin.sites import views

app_name = "sites"
urlpatterns = [
    path("", views.site_list, name="sites"),
    path("import/", views.import_sites, name="import"),
    path("<int:number>/", views.site_page, name="site"),
]
