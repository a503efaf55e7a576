from django.urls import path

from weimin.messages import views

app_name = "messages"
urlpatterns = [path("", views.list_page, name="list")]
