from django.urls import path

from weimin.shell.calendar_views import year_page

app_name = "calendars"
urlpatterns = [path("", year_page, name="year")]
