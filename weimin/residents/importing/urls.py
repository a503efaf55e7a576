"""Below /residents/import/, in the name space of the room."""

from django.urls import path

from weimin.residents.importing import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("template/", views.import_template, name="import_template"),
    path("<int:number>/", views.import_page, name="import"),
    path("<int:number>/errors/<int:file>/", views.import_errors, name="import_errors"),
]
