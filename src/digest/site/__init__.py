"""Archive -> the pages of the site."""
