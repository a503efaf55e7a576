from django.urls import path

from weimin.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.exchanges, name="exchanges"),
    path("<int:number>/", views.exchange_page, name="exchange"),
    path("<int:number>/bundle.json", views.download, name="bundle"),
]
