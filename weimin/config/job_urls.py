from django.urls import path

from weimin.config import job_views

app_name = "jobs"
urlpatterns = [path("", job_views.jobs_page, name="list")]
