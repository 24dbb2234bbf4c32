from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    # Stands before the admin's own page of that address, which no wrong password slows down.
    path("admin/login/", views.admin_sign_in, name="admin_sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("account/", views.profile, name="profile"),
    path("account/theme/", views.theme_set, name="theme_set"),
    path("account/text-box/", views.text_box_set, name="text_box_set"),
    path("account/password/", views.password_change, name="password_change"),
    path("account/password/done/", views.password_change_done, name="password_change_done"),
    path("password-reset/", views.password_reset, name="password_reset"),
    path("password-reset/sent/", views.password_reset_done, name="password_reset_done"),
    path(
        "password-reset/<uidb64>/<token>/",
        views.password_reset_confirm,
        name="password_reset_confirm",
    ),
    path("password-reset/complete/", views.password_reset_complete, name="password_reset_complete"),
]
