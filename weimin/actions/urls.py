from django.urls import path

from weimin.actions import views

app_name = "actions"
urlpatterns = [
    path("receipts/<int:number>/", views.receipt_page, name="receipt"),
    path("<str:name>/draft/", views.save_draft, name="draft"),
    path("<str:name>/draft/<str:target>/", views.save_draft, name="draft"),
    path("<str:name>/", views.act_page, name="act"),
    path("<str:name>/<str:target>/", views.act_page, name="act"),
]
