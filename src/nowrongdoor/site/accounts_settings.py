"""Settings of accounts: what allauth may do, and how a provider of sign-ins is named in the environment."""

import os
from typing import Any

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["nowrongdoor.site.accounts.Backend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "sign_in_team"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "nowrongdoor.site.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True  # no box to tick: how long a sign-in lasts is ours to say
ACCOUNT_LOGIN_TIMEOUT = 5 * 60  # between the password and the second step
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# By account and network together, never by network alone: a whole hub comes from one address.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "10/10m/key", "reauthenticate": "10/10m/user"}

MFA_ADAPTER = "nowrongdoor.site.accounts.SecondStepAdapter"
MFA_FORMS = {
    "add_webauthn": "nowrongdoor.site.passkey_forms.Add",
    "authenticate_webauthn": "nowrongdoor.site.passkey_forms.Authenticate",
    "login_webauthn": "nowrongdoor.site.passkey_forms.Login",
    "reauthenticate_webauthn": "nowrongdoor.site.passkey_forms.Reauthenticate",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # no e-mail is kept, so none can be unverified
MFA_TOTP_ISSUER = "No Wrong Door"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": ""}

# Failed tries and used codes are known to every process at once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_remembered",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

SOCIALACCOUNT_ADAPTER = "nowrongdoor.site.accounts.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: browsers apply form-action to where a form's answer leads
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
NWD_OIDC_CLAIM = os.environ.get("NWD_OIDC_CLAIM", "preferred_username")
# The provider asks for a second step itself, always: then we do not ask for another.
NWD_OIDC_STRONG = os.environ.get("NWD_OIDC_STRONG", "") in {"1", "yes", "true"}
if os.environ.get("NWD_OIDC_URL"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "staff",
                "name": os.environ.get("NWD_OIDC_NAME", "your organisation"),
                "client_id": os.environ.get("NWD_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("NWD_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["NWD_OIDC_URL"]},
            }
        ],
    }
