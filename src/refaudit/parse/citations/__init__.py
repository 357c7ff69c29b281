"""The citations of a text: one module a citation system, and the choice between them."""
