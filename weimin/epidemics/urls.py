from django.urls import path

from weimin.epidemics.views import alerts, cards, daily, outbreaks

app_name = "epidemics"
urlpatterns = [
    path("", daily.board_page, name="board"),
    path("places/<int:number>/", daily.place_page, name="place"),
    path("alerts/", alerts.alerts_page, name="alerts"),
    path("alerts/<int:number>/", alerts.alert_page, name="alert"),
    path("outbreaks/", outbreaks.outbreaks_page, name="outbreaks"),
    path("outbreaks/<int:number>/", outbreaks.outbreak_page, name="outbreak"),
    path("outbreaks/<int:number>/line-list.xlsx", outbreaks.line_list, name="line_list"),
    path("outbreaks/<int:number>/report.<str:ending>", outbreaks.closing_report, name="closing_report"),
    path("measures/<int:number>/", outbreaks.measure_page, name="measure"),
    path("cards/", cards.cards_page, name="cards"),
    path("cards/<int:number>/", cards.card_page, name="card"),
    path("cards/<int:number>/card.pdf", cards.card_file, name="card_file"),
]
