# Two machines as they were installed: the packages are there, and nothing of the sheet is done.
