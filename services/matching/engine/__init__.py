"""The matching engine: pools of people, scores, an exact solver and its proof, on arrays. Knows nothing of the rest."""
