"""Reading feeds of Open Referral UK: from an address, a folder, a file or a table, a page at a time."""
