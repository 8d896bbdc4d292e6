"""A start for a study of one's own: a region from somebody's table, an institution from another."""
