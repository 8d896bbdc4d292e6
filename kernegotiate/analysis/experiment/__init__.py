"""An experiment: its file, what it asks, how it is run, what it finds."""
