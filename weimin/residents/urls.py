from django.urls import include, path

app_name = "residents"
urlpatterns = [
    path("import/", include("weimin.residents.importing.urls")),
]
