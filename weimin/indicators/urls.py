from django.urls import path

from weimin.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.list_page, name="list"),
    path("<str:code>/", views.indicator_page, name="indicator"),
    path("<str:code>/export/", views.export_places, name="export"),
]
