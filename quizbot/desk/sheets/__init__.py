"""Cases in and out of spreadsheets: reading and checking rows, putting the folders there all at once, writing rows."""
