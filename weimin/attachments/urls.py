from django.urls import path

from weimin.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<int:number>/", views.file_page, name="file"),
    path("<int:number>/thumb/", views.thumbnail_page, name="thumbnail"),
]
