"""Addresses of one's own account. The names are those that allauth knows its pages by."""

from django.urls import path

from nowrongdoor.pages.accounts import links, views

urlpatterns = [
    path("sign-in/link/<str:token>", links.set_password, name="account_link"),
    path("account", views.account, name="mfa_index"),
    path("account/password", views.password, name="account_change_password"),
    path("account/app", views.app, name="mfa_activate_totp"),
    path("account/app/remove", views.app_remove, name="mfa_deactivate_totp"),
    path("account/passkeys/new", views.passkey, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove", views.passkey_remove, name="mfa_remove_webauthn"),
    path("account/recovery-codes", views.codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new", views.codes_new, name="mfa_generate_recovery_codes"),
    path("account/again", views.again, name="account_reauthenticate"),
    path("account/again/code", views.again_code, name="mfa_reauthenticate"),
    path("account/again/passkey", views.again_passkey, name="mfa_reauthenticate_webauthn"),
]
