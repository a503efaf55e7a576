from django.urls import path

from weimin.buildout.views import acceptance, coverage, money, plans, pressure, projects, publicity, siting

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
    path("plans/<int:number>/money/", money.money_page, name="money"),
    path("plans/<int:number>/money/payments.<str:ending>", money.payments_file, name="payments_file"),
    path("plans/<int:number>/consequences/", pressure.consequences_page, name="consequences"),
    path("plans/<int:number>/consequences.<str:ending>", pressure.consequences_file, name="consequences_file"),
    path("plans/<int:number>/bulletins/", pressure.bulletins_page, name="bulletins"),
    path("bulletins/<int:number>/", pressure.bulletin_page, name="bulletin"),
    path("bulletins/<int:number>/bulletin.<str:ending>", pressure.bulletin_file, name="bulletin_file"),
    path("plans/<int:number>/siting/", siting.siting_page, name="siting"),
    path("plans/<int:number>/siting/import/", siting.import_page, name="siting_import"),
    path("siting/<int:number>/", siting.run_page, name="siting_run"),
    path("plans/<int:number>/existing/", acceptance.existing_page, name="existing"),
    path("plans/<int:number>/existing/import/", acceptance.import_existing, name="import_existing"),
    path("acceptances/<int:number>/record.<str:ending>", acceptance.acceptance_file, name="acceptance_file"),
    path("plans/<int:number>/publicity/", publicity.publicity_page, name="publicity"),
    path("plans/<int:number>/letter/", publicity.letter_page, name="letter"),
    path("plans/<int:number>/coverage/", coverage.coverage_page, name="coverage"),
]
