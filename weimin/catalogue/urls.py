from django.urls import path

from weimin.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.items, name="items"),
    path("import/", views.import_page, name="import"),
    path("export/", views.export_all, name="export"),
    path("bundles/", views.bundle_list, name="bundles"),
    path("bundles/<slug:key>/", views.bundle_page, name="bundle"),
    path("items/<int:number>/", views.item_page, name="item"),
    path("items/<int:number>/compare/", views.compare_page, name="compare"),
    path("versions/<int:number>/", views.version_page, name="version"),
    path("papers/<int:number>/<str:kind>.<str:ending>", views.paper, name="paper"),
]
