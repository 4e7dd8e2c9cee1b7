"""An independent witness of an outage: writes to one shard of a Redis Cluster through python3-redis, and tells when nobody acknowledged.

    WITNESS_PASSWORD=... python3 pythonWitness.py ADDRESS PORT PREFIX

ADDRESS and PORT are those of the shard's master. It prints {"writing": true} when the first write was acknowledged, writes until its standard
input ends, and then prints, in milliseconds of CLOCK_MONOTONIC:

    acknowledged  how many writes
    gaps          [from, to] of each stretch without an acknowledgement that is longer than two writes
    stalls        [when, length] of each write that was sent later than intended because this process did not get to run

What makes it independent: another language, another client library, a process and a clock reading of its own; it knows nothing of what is done to
the servers. What makes it fair: the cluster client finds the slot and the nodes of its shard, and each of these is written to at a fixed rate over a
connection of its own. That is node by node: set() of the client itself would rest 250 ms up to four times after each broken connection, before it looks
at the topology again, and would measure its own patience. A replica answers MOVED until it is promoted, so the first write that it acknowledges is the
first that the shard can take.
"""

import json
import os
import sys
import threading
import time

from redis.cluster import RedisCluster
from redis.exceptions import RedisError

PERIOD_S = 0.01
TIMEOUT_S = 0.1
EXPIRY_MS = 600_000
GAP_MS = 2 * PERIOD_S * 1000
STALL_MS = 2


def now_ms():
    return time.monotonic_ns() / 1e6


class Witness:
    def __init__(self, address, port, prefix):
        self.cluster = RedisCluster(
            host=address,
            port=port,
            password=os.environ["WITNESS_PASSWORD"],
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
        )
        self.key_start, self.nodes = self.shard_of(address, port, prefix)
        self.acknowledged = []
        self.stalls = []
        self.first = threading.Event()
        self.stopped = threading.Event()

    def shard_of(self, address, port, prefix):
        """A key start in the shard of a master, and the shard's nodes."""
        names = (f"{prefix}{{w{number}}}:" for number in range(1000))
        key_start = next((name for name in names if self.nodes_of(name)[0].name == f"{address}:{port}"), None)
        if key_start is None:
            raise SystemExit(f"{address}:{port} is no master")
        # CLUSTER SLOTS leaves a replica out while its peers know of nothing that it has copied, as on a new cluster.
        deadline_ms = now_ms() + 10_000
        while len(self.nodes_of(key_start)) < 2:
            if now_ms() > deadline_ms:
                raise SystemExit(f"{address}:{port} has no replica")
            self.cluster.set(f"{key_start}first", 0, px=EXPIRY_MS)
            time.sleep(0.1)
            self.cluster.nodes_manager.initialize()
        return key_start, self.nodes_of(key_start)

    def nodes_of(self, key):
        return self.cluster.nodes_manager.slots_cache[self.cluster.keyslot(key)]

    def write_to(self, node):
        connection = self.cluster.get_redis_connection(node)
        begun_ms = now_ms()
        tick = 0
        while not self.stopped.is_set():
            # Ticks that passed while an answer was awaited are left out: they are the server's silence, not this process' lateness.
            tick = max(tick + 1, int((now_ms() - begun_ms) / (PERIOD_S * 1000)) + 1)
            intended_ms = begun_ms + tick * PERIOD_S * 1000
            time.sleep(max(0.0, (intended_ms - now_ms()) / 1000))
            sent_ms = now_ms()
            if sent_ms - intended_ms > STALL_MS:
                self.stalls.append([intended_ms, sent_ms - intended_ms])
            try:
                connection.execute_command("SET", f"{self.key_start}{node.port}:{tick}", tick, "PX", EXPIRY_MS)
            except (RedisError, OSError):
                continue
            self.acknowledged.append(now_ms())
            self.first.set()

    def run(self):
        threads = [threading.Thread(target=self.write_to, args=[node], daemon=True) for node in self.nodes]
        for thread in threads:
            thread.start()
        if not self.first.wait(10):
            raise SystemExit("no write was acknowledged")
        print(json.dumps({"writing": True}), flush=True)
        sys.stdin.read()
        self.stopped.set()
        for thread in threads:
            thread.join()
        times = sorted(self.acknowledged)
        gaps = [[a, b] for a, b in zip(times, times[1:]) if b - a > GAP_MS]
        print(json.dumps({"acknowledged": len(times), "gaps": gaps, "stalls": self.stalls}), flush=True)


if __name__ == "__main__":
    Witness(sys.argv[1], int(sys.argv[2]), sys.argv[3]).run()
