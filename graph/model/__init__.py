"""Declarations of node types, edge types and metrics; everything else is derived from them."""

from .registry import EDGES, METRICS, NODES, edge_type, metric, node_type

__all__ = ["EDGES", "METRICS", "NODES", "edge_type", "metric", "node_type"]
