from django.urls import path

from weimin.regions import views

app_name = "regions"
urlpatterns = [
    path("", views.browse, name="browse"),
    path("cascade/", views.cascade, name="cascade"),
    path("find/", views.find, name="find"),
    path("<int:code>/", views.browse, name="region"),
]
