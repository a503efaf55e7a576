from django.urls import path

from weimin.staffing import views, views_volunteering

app_name = "staffing"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<int:number>/", views.worker_page, name="worker"),
    path("nominations/", views.nominations, name="nominations"),
    path("nominations/<int:number>/", views.nomination_page, name="nomination"),
    path("sites/<int:number>/", views.site_page, name="site"),
    path("filings/", views.filings, name="filings"),
    path("filings/<int:number>/", views.filing_page, name="filing"),
    path("posts/", views_volunteering.posts, name="posts"),
    path("activities/", views_volunteering.activities, name="activities"),
    path("activities/<int:number>/", views_volunteering.activity_page, name="activity"),
    path("proofs/<int:number>/proof.pdf", views_volunteering.proof_pdf, name="proof"),
    path("groups/", views.groups, name="groups"),
    path("groups/<int:plan>/", views.group, name="group"),
]
