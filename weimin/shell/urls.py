from django.urls import path

from weimin.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("todo.xlsx", views.todo_sheet, name="todo_sheet"),
    path("search/", views.search, name="search"),
    path("guide/", views.guide, name="guide"),
    path("help/", views.help_page, name="help"),
    path("about/", views.about, name="about"),
]
