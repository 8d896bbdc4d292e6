"""The window on a region: a Solara app that shows and steers what the package offers."""
