"""What is done from a shell: the demo, the tests, the proofs and the measurements."""
