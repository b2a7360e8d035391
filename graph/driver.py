"""The driver of an address, with the limits that we set it."""

from __future__ import annotations

import re

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import ConfigurationError

from . import faults
from .engine.endpoint import Endpoint
from .errors import StoreError, holds_account

#: Seconds after which a server that does not connect is reported.
CONNECT_SECONDS = 10.0
#: Seconds for which a transaction is tried again that a broken connection or a change of leader ended: at one server,
#: and at a cluster, whose members take some time to choose a leader.
_RETRY_SECONDS, _RETRY_CLUSTER_SECONDS = 3.0, 30.0
_ADDRESS = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://(\[[^\]\s]+\]|[^/\s:?#]+)(:[0-9]*)?([/?][^#]*)?$")


def driver_of(endpoint: Endpoint, auth: tuple[str, str]) -> Driver:
    """A driver that has not connected yet. Raises StoreError where the address can't be used."""
    hint = "use bolt://, neo4j://, bolt+s:// or neo4j+s:// with a host and port"
    if holds_account(endpoint.uri):  # told before the driver, whose own error would hold the password
        account = "put user name and password into NEO4J_USERNAME and NEO4J_PASSWORD"
        raise StoreError("the address holds an account", endpoint.where, account)
    if not _ADDRESS.match(endpoint.uri):
        raise StoreError("the address can't be used", endpoint.where, hint)
    cluster = endpoint.uri.startswith("neo4j")
    try:
        return GraphDatabase.driver(
            endpoint.uri,
            auth=auth,
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=CONNECT_SECONDS + 2,
            max_transaction_retry_time=_RETRY_CLUSTER_SECONDS if cluster else _RETRY_SECONDS,
            notifications_min_severity="OFF" if endpoint.engine == "neo4j" else None,
            user_agent="chinaai",
        )
    except (ConfigurationError, ValueError) as error:
        why = faults.first_line(error).replace(endpoint.uri, endpoint.where)
        raise StoreError(f"the address can't be used: {why}", endpoint.where, hint) from None
