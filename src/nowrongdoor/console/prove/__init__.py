"""The proofs behind `./nwd prove`: one module each with `add_options(parser)` and `run(options) -> Proof`."""
