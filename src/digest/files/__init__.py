"""Files that notes name -> where they are in the project, how large they are, and their bytes without metadata."""
