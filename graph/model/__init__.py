"""Declarations of node types, edge types and metrics; everything else is derived from them."""

from .registry import EDGES, ENTITIES, METRICS, NODES

__all__ = ["EDGES", "ENTITIES", "METRICS", "NODES"]
