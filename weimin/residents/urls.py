from django.urls import include, path

from weimin.residents import exporting, views

app_name = "residents"
urlpatterns = [
    path("", views.residents, name="residents"),
    path("<int:number>/", views.resident_page, name="resident"),
    path("households/<int:number>/", views.household_page, name="household"),
    path("duplicates/", views.duplicates, name="duplicates"),
    path("transfers/", views.transfers, name="transfers"),
    path("transfers/<int:number>/", views.transfer_page, name="transfer"),
    path("check-id/", views.check_id, name="check_id"),
    path("export/", exporting.export_residents, name="export"),
    path("import/", include("weimin.residents.importing.urls")),
]
