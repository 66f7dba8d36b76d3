"""Requests that a service take someone on."""
