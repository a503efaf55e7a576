from django.urls import path

from weimin.accounts.views import administration, entry, me

app_name = "accounts"
urlpatterns = [
    path("sign-in/", entry.sign_in, name="sign_in"),
    path("sign-in/code/", entry.second_step, name="second_step"),
    path("sign-out/", entry.sign_out, name="sign_out"),
    path("enter/", entry.enter, name="enter"),
    path("switch-post/", entry.switch_post, name="switch_post"),
    path("jurisdictions/", entry.jurisdictions, name="jurisdictions"),
    path("me/", me.my_page, name="me"),
    path("me/password/", me.change_password, name="change_password"),
    path("me/second-factor/", me.second_factor, name="second_factor"),
    path("people/", administration.people, name="people"),
    path("people/<int:number>/", administration.person, name="person"),
]
