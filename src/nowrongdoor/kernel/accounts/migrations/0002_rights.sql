-- What the web may do here. Accounts are disabled, not deleted; a second step is removed by whoever had it.
-- The tables that stay empty here, of e-mails, tokens, providers and permissions, it may only look at.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON accounts_account, accounts_remembered, mfa_authenticator, socialaccount_socialaccount,
            account_emailaddress, account_emailconfirmation, socialaccount_socialapp, socialaccount_socialtoken,
            django_content_type, auth_permission, auth_group, auth_group_permissions FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON accounts_account, socialaccount_socialaccount TO nwd_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_remembered, mfa_authenticator TO nwd_app;
        GRANT SELECT ON account_emailaddress, account_emailconfirmation, socialaccount_socialapp,
            socialaccount_socialtoken, django_content_type, auth_permission, auth_group,
            auth_group_permissions TO nwd_app;
    END IF;
END
$$;
