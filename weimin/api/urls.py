from django.urls import path

from weimin.api.endpoints import actions, catalogue
from weimin.api.service import build
from weimin.api.views.documents import openapi, reference

app_name = "api"
service = build()
for module in (actions, catalogue):
    service.add_router("", module.router)
urlpatterns = [
    path("openapi.json", openapi, {"service": service}, name="openapi"),
    path("docs/", reference, {"service": service}, name="reference"),
    *service.urls[0],
]
