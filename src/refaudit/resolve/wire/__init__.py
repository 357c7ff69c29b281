"""How services are reached: one HTTP session, its pace, and the store of answers."""
