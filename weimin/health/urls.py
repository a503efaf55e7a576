from django.urls import path

from weimin.health.views import checks, exporting, indicators, parameters, printing, records, today, visits

app_name = "health"
urlpatterns = [
    path("", records.records, name="records"),
    path("today/", today.today_list, name="today"),
    path("checks/", checks.checks, name="checks"),
    path("checks/<int:number>/", checks.check_page, name="check"),
    path("export/", exporting.export_records, name="export"),
    path("today/export/", exporting.export_today, name="today_export"),
    path("forms/", printing.blank_forms, name="blank_forms"),
    path("<int:number>/", records.record_page, name="record"),
    path("<int:number>/forms/", printing.record_forms, name="forms"),
    path("<int:number>/verdict/", visits.verdict, name="verdict"),
    path("parameters/", parameters.parameters, name="parameters"),
    path("parameters/export/", parameters.export_parameters, name="parameter_export"),
    path("parameters/<str:key>/", parameters.parameter_page, name="parameter"),
    path("indicators/", indicators.indicators, name="indicators"),
]
