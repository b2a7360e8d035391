"""Engines that speak Bolt: the embedded one and a local Neo4j server."""
