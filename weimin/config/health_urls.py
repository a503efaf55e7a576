"""Named urls of the health pages; HealthMiddleware answers them before this list is reached."""

from django.urls import path

from weimin.config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
