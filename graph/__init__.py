"""What the graph is and where it lives: types, facts, the store, plan and apply."""
