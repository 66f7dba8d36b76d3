"""How careful we must be with accounts and what stands around them: never sent anywhere."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from nowrongdoor.kernel.accounts.models import Account, Remembered
from nowrongdoor.kernel.classes import ACCOUNT, ACCOUNT_INNER, FOR_MINUTES, classify

classify(
    Account,
    {
        ACCOUNT: "id member_id person_id permission_id name last_login is_active",
        ACCOUNT_INNER: "password link_digest link_until_at",
    },
)
classify(Remembered, {FOR_MINUTES: "cache_key value expires"})
classify(
    Authenticator,
    {ACCOUNT: "id user_id type created_at last_used_at", ACCOUNT_INNER: "data"},
)
classify(SocialAccount, {ACCOUNT: "id user_id provider uid last_login date_joined extra_data"})

# Tables that come with the packages and stay empty: no e-mail is kept, no token, no provider, no permission.
classify(EmailAddress, {ACCOUNT: "id user_id email verified primary"})
classify(EmailConfirmation, {ACCOUNT: "id email_address_id created sent key"})
classify(SocialApp, {ACCOUNT_INNER: "id provider provider_id name client_id secret key settings"})
classify(SocialToken, {ACCOUNT_INNER: "id app_id account_id token token_secret expires_at"})
classify(ContentType, {ACCOUNT_INNER: "id app_label model"})
classify(Permission, {ACCOUNT_INNER: "id name content_type_id codename"})
classify(Group, {ACCOUNT_INNER: "id name"})
