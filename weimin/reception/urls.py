from django.urls import path

from weimin.reception.views import bookings, centre, duties, queue

app_name = "reception"
urlpatterns = [
    path("", centre.centres_page, name="centres"),
    path("<int:number>/", centre.centre_page, name="centre"),
    path("<int:number>/poster.pdf", centre.poster_pdf, name="poster"),
    path("<int:number>/place.pdf", centre.place_pdf, name="place_poster"),
    path("roster/<int:number>/", duties.roster_page, name="roster"),
    path("roster/<int:number>/week.pdf", duties.roster_pdf, name="roster_pdf"),
    path("queue/<int:number>/", queue.queue_page, name="queue"),
    path("booked/<int:number>/", bookings.bookings_page, name="bookings"),
    path("windows/<int:number>/", queue.desk_page, name="desk"),
    path("tickets/<int:number>/", queue.ticket_page, name="ticket"),
    path("tickets/<int:number>/slip.pdf", queue.slip_pdf, name="slip"),
    path("bookings/<int:number>/", bookings.booking_page, name="booking"),
    path("bookings/<int:number>/slip.pdf", bookings.booking_pdf, name="booking_slip"),
]
