"""The archive -> the pages of the site and their bytes."""
