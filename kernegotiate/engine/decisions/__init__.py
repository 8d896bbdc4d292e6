"""What a government decides: `vote`, `honour` (keep a promise or break it), `go_alone`, `stay`.

Each decision weighs money streams as `appraisal.py` sees them and returns its terms, not only a
yes or no: they are what people want to see. Everything else in the engine is bookkeeping.
"""
