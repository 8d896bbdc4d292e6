"""The measuring rod: facts of the field, held against the model over the whole plausible box."""
