"""The citation style of an entry and of a list: what is printed, what the manuals ask for, which of them follows."""
