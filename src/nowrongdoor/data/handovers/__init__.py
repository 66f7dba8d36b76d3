"""Offers of answerability, and their answers."""
