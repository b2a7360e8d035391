"""Declarations of node types, edge types and metrics; everything else is derived from them."""

from .registry import CROWDS, EDGES, ENTITIES, HIDDEN, METRICS, NODES, REGISTER

__all__ = ["CROWDS", "EDGES", "ENTITIES", "HIDDEN", "METRICS", "NODES", "REGISTER"]
