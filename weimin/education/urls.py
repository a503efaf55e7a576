from django.urls import path

from weimin.education.views import activities, kits, letters, quizzes, yearly

app_name = "education"
urlpatterns = [
    path("", activities.activities, name="activities"),
    path("activities/<int:number>/", activities.activity_page, name="activity"),
    path("activities/<int:number>/record.<str:ending>", activities.record_form, name="record"),
    path("years/", yearly.years, name="years"),
    path("years/<int:number>/", yearly.year_page, name="year"),
    path("years/<int:number>/<int:year>.<str:ending>", yearly.year_file, name="year_file"),
    path("materials/<int:number>/", yearly.materials, name="materials"),
    path("boards/<int:number>/", yearly.board_page, name="board"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:version>.<str:ending>", letters.letter_file, name="letter_file"),
    path("quizzes/<int:number>/", quizzes.quiz_page, name="quiz"),
    path("quizzes/<int:number>/counts/", quizzes.import_counts, name="import_counts"),
    path("quizzes/<int:number>/<str:name>.<str:ending>", quizzes.quiz_file, name="quiz_file"),
    path("kits/", kits.kits, name="kits"),
    path("kits/<int:community>/", kits.households, name="households"),
    path("kits/<int:community>/hand-out/", kits.hand_out_all, name="hand_out_all"),
]
