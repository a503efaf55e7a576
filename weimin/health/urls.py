from django.urls import path

from weimin.health.views import indicators, records, today, visits

app_name = "health"
urlpatterns = [
    path("", records.records, name="records"),
    path("today/", today.today_list, name="today"),
    path("<int:number>/", records.record_page, name="record"),
    path("<int:number>/verdict/", visits.verdict, name="verdict"),
    path("indicators/", indicators.indicators, name="indicators"),
]
