from django.urls import path

from weimin.buildout.views import plans, projects

app_name = "buildout"
urlpatterns = [
    path("plans/", plans.plan_list, name="plans"),
    path("plans/<int:number>/", plans.plan_page, name="plan"),
    path("plans/<int:number>/text/", plans.plan_text, name="plan_text"),
    path("plans/<int:number>/versions/", plans.plan_versions, name="plan_versions"),
    path("plans/<int:number>/townships/<int:township>/", plans.township_page, name="township"),
    path("plans/<int:number>/projects/", projects.project_list, name="projects"),
    path("projects/<int:number>/", projects.project_page, name="project"),
    path("quotas/<int:number>/", projects.quota_page, name="quota"),
]
