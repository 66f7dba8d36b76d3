"""Handovers: composed in I-PASS shape, accepted with a read-back, or returned with the next team named."""
