"""Addresses for coming in, going out, and working for another team."""

from django.urls import path

from nowrongdoor.pages.sign_in import views, with_account

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    # The name that allauth knows the first page by.
    path("sign-in/account", views.sign_in, name="account_login"),
    path("sign-in/code", with_account.second_step, name="mfa_authenticate"),
    path("sign-in/passkey", with_account.passkey, name="mfa_login_webauthn"),
    path("sign-in/team", with_account.team, name="sign_in_team"),
    path("sign-in/with/<slug:provider_id>", with_account.provider, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back", with_account.provider_back, name="openid_connect_callback"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("team", views.switch_team, name="switch_team"),
]
