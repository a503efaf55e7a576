from django.urls import path

from weimin.trail import views

app_name = "trail"
urlpatterns = [
    path("", views.search_page, name="search"),
    path("export/", views.export_entries, name="export"),
    path("<int:number>/", views.entry_page, name="entry"),
]
