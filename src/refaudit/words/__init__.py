"""What languages say: the words of dates, names and lists, as data by language, with the few functions that read them."""
