"""Accounts: who may come in, and with which key. A door, and no record of anyone in care."""
