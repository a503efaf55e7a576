from django.urls import path

from weimin.portal.views import apply, booking, centres, guide, hall, home, places, progress, rating

app_name = "portal"
urlpatterns = [
    path("", home.jurisdictions, name="jurisdictions"),
    path("<int:code>/", home.home, name="home"),
    path("<int:code>/guide/", guide.guide, name="guide"),
    path("<int:code>/guide/<str:item>/", guide.item, name="item"),
    path("<int:code>/guide/<str:item>/paper/", guide.item_paper, name="item_paper"),
    path("<int:code>/guide/<str:item>/<str:kind>.<str:ending>", guide.item_form, name="item_form"),
    path("<int:code>/apply/<str:item>/", apply.apply, name="apply"),
    path("<int:code>/centres/", centres.centres, name="centres"),
    path("<int:code>/centres/<int:number>/", centres.centre, name="centre"),
    path("<int:code>/centres/<int:number>/queue/", centres.queue, name="queue"),
    path("<int:code>/centres/<int:number>/book/", booking.book, name="book"),
    path("<int:code>/centres/<int:number>/screen/", hall.screen, name="screen"),
    path("<int:code>/centres/<int:number>/screen/part/", hall.screen_part, name="screen_part"),
    path("<int:code>/places/", places.places, name="places"),
    path("<int:code>/places/<int:region>/", places.place, name="place"),
    path("<int:code>/waiting/<str:token>/", hall.waiting, name="waiting"),
    path("<int:code>/booking/", booking.booking, name="booking"),
    path("<int:code>/progress/", progress.progress, name="progress"),
    path("<int:code>/result/<str:token>/", progress.open_result, name="open_result"),
    path("<int:code>/rate/<str:token>/", rating.rate, name="rate"),
]
