"""The directory for anybody, as Open Referral UK 3.0: nine addresses, no key."""
