"""The rota: who is on call now and next, and how a lead changes it."""
