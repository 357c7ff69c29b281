"""The list of references: where it stands, where its entries begin, who and when of each, and the list as an index."""
