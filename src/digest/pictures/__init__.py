"""Card images: the pictures that services show beside a link to the site, to a day or to an entry."""
