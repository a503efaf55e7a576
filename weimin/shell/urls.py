from django.urls import path

from weimin.shell import views, views_bulk, views_burden

app_name = "shell"
urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("todo.xlsx", views.todo_sheet, name="todo_sheet"),
    path("todo/bulk/", views_bulk.bulk, name="bulk"),
    path("burden/", views_burden.burden, name="burden"),
    path("search/", views.search, name="search"),
    path("guide/", views.guide, name="guide"),
    path("help/", views.help_page, name="help"),
    path("about/", views.about, name="about"),
]
