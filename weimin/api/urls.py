from django.urls import path

from weimin.api.endpoints import actions, cases, catalogue, health, residents
from weimin.api.service import build
from weimin.api.views.documents import openapi, reference, root

app_name = "api"
service = build()
for module in (actions, catalogue, residents, cases, health):
    service.add_router("", module.router)
urlpatterns = [
    path("openapi.json", openapi, {"service": service}, name="openapi"),
    path("docs/", reference, {"service": service}, name="reference"),
    path("", root, name="api-root"),
    *(pattern for pattern in service.urls[0] if getattr(pattern, "name", "") != "api-root"),
]
