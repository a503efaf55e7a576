"""Addresses of the room: gallery, display choices, language, style sheet."""

from django.urls import path

from weimin.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("display/", views.display, name="display"),
    path("language/", views.language, name="language"),
    path("style-<slug:digest>.css", views.stylesheet, name="stylesheet"),
    path("gallery/cascade/", views.gallery_cascade, name="gallery_cascade"),
    path("gallery/<slug:name>/", views.gallery_frame, name="gallery_frame"),
]
