"""Who looked at whom, when, in which role and why: every page that showed somebody says so here."""
