"""The graph in other tools."""
