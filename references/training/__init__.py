"""How the model that reads reference fields is made: facts, rendered and templated references, training, evaluation."""
