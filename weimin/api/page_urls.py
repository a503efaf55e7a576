from django.urls import path

from weimin.api.views import pages

app_name = "api_access"
urlpatterns = [
    path("", pages.tokens, name="tokens"),
    path("webhooks/", pages.webhooks, name="webhooks"),
    path("webhooks/<int:number>/", pages.webhook, name="webhook"),
]
