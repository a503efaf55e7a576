from django.urls import path

from weimin.examinations.views import batches, examinations, following_up, importing, plans, verdicts

app_name = "examinations"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("plans/<int:number>/", plans.plan_page, name="plan"),
    path("plans/<int:number>/people/", plans.people, name="people"),
    path("batches/<int:number>/", batches.batch_page, name="batch"),
    path("batches/<int:number>/list.<str:ending>", batches.invitation_list, name="invitation_list"),
    path("batches/<int:number>/sheets.pdf", batches.feedback_sheets, name="sheets"),
    path("<int:number>/", examinations.examination_page, name="examination"),
    path("<int:number>/feedback.pdf", examinations.feedback, name="feedback"),
    path("verdict/<int:number>/", verdicts.verdict, name="verdict"),
    path("abnormal/", following_up.abnormal, name="abnormal"),
    path("abnormal/<int:number>/", following_up.follow_up_page, name="follow_up"),
    path("import/", importing.import_results, name="import"),
]
