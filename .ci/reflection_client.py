# SPDX-License-Identifier: Apache-2.0
"""A client that knows nothing of Tocsin but its address.

usage: reflection_client.py HOST:PORT

It has no generated stubs: every message is made from descriptors that the server gave by reflection. It subscribes, pushes
outcomes half of which failed, sees the alert that they cause, and asks for what it pushed.
"""
import queue
import sys
import threading
import time

import grpc
from google.protobuf import descriptor_pool, json_format, message_factory
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

AGENT = "reflected"
METRIC = "gen_ai.invoke_agent.duration"
OUTCOMES = 40
# "within seconds": a machine that compiles beside this is slow, a second is promised on one that does not
ALERT_SECONDS = 10
CALL_SECONDS = 15

failed = 0


def check(text, holds, seen=None):
    global failed
    print(("ok " if holds else "FAILED ") + text, flush=True)
    if not holds:
        failed += 1
        print(f"    seen: {seen}", flush=True)


class Reflected:
    """Calls methods by name; requests and answers are dictionaries, as JSON shows them."""

    def __init__(self, channel):
        self.channel = channel
        self.database = ProtoReflectionDescriptorDatabase(channel)
        self.pool = descriptor_pool.DescriptorPool(self.database)

    def services(self):
        return sorted(self.database.get_services())

    def call(self, method, request=None):
        """Returns the answer, or an iterator of answers; a method that takes a stream is given a list of requests."""
        service, name = method.split("/")
        found = self.pool.FindServiceByName(service).FindMethodByName(name)
        takes = message_factory.GetMessageClass(found.input_type)
        gives = message_factory.GetMessageClass(found.output_type)
        takes_stream, gives_stream = isinstance(request, list), name in ("Stream", "Subscribe")
        kinds = {
            (False, False): self.channel.unary_unary,
            (False, True): self.channel.unary_stream,
            (True, True): self.channel.stream_stream,
        }
        rpc = kinds[takes_stream, gives_stream](
            f"/{method}", request_serializer=lambda m: m.SerializeToString(), response_deserializer=gives.FromString
        )

        def message(values):
            return json_format.ParseDict(values or {}, takes(), descriptor_pool=self.pool)

        def values(answer):
            return json_format.MessageToDict(answer, preserving_proto_field_name=True, descriptor_pool=self.pool)

        sent = iter([message(r) for r in request]) if takes_stream else message(request)
        if gives_stream:
            answers = rpc(sent)
            return answers, (values(answer) for answer in answers)
        return values(rpc(sent, timeout=CALL_SECONDS))


def subscribe(server):
    """Returns a queue of what a subscription says, the snapshot that opens it taken off, and the call."""
    call, answers = server.call("tocsin.v1.AlertService/Subscribe", {"filter": {"min_severity": "SEVERITY_HIGH"}})
    heard = queue.Queue()

    def listen():
        try:
            for answer in answers:
                heard.put(answer)
        except grpc.RpcError as e:
            heard.put({"ended": str(e.code())})

    threading.Thread(target=listen, daemon=True).start()
    first = heard.get(timeout=CALL_SECONDS)
    check("a subscription begins with a snapshot and a cursor", "snapshot" in first and first.get("cursor"), first)
    return heard, call


def alert_event(heard, rule, since):
    """Waits for the alert of the rule about our agent to fire; returns it and how long it took, or None."""
    while True:
        left = since + ALERT_SECONDS - time.monotonic()
        try:
            answer = heard.get(timeout=max(left, 0.001))
        except queue.Empty:
            return None, None
        alert = answer.get("event", {}).get("alert", {})
        group = {a["key"]: a["value"] for a in alert.get("group", [])}
        if (alert.get("rule"), alert.get("state")) == (rule, "ALERT_STATE_FIRING") and group.get("gen_ai.agent.name") == AGENT:
            return answer["event"], time.monotonic() - since


def push(server):
    rows = [
        {
            "name": METRIC,
            "attributes": {"gen_ai.agent.name": AGENT, "gen_ai.agent.id": f"{AGENT}-{i % 2}"},
            "latency": f"{0.1 + i / 100:.2f}s",
            **({"status": "OUTCOME_STATUS_ERROR", "error_type": "rate_limited"} if i % 4 else {}),
        }
        for i in range(OUTCOMES)
    ]
    answer = server.call("tocsin.v1.IngestService/Push", {"outcomes": rows, "key": {"producer": "by-reflection", "epoch": 1, "sequence": 1}})
    check(f"a push of {OUTCOMES} outcomes is accepted whole", answer.get("accepted") == OUTCOMES and "rejections" not in answer, answer)
    return answer["position"]


def stream(server):
    """What a service of another language does: columns by numbers."""
    now = int(time.time() * 1000)
    call, answers = server.call(
        "tocsin.v1.IngestService/Stream",
        [
            {"hello": {"producer": "streamed-by-reflection", "epoch": 1, "clock_millis": now}},
            {"definitions": {
                "series": [{"id": 0, "name": METRIC, "kind": "SERIES_KIND_OUTCOME", "attributes": [{"key": "gen_ai.agent.name", "value": "streamed"}]}],
                "error_types": [{"id": 1, "name": "timeout"}],
            }},
            {"batch": {"sequence": 1, "base_time_millis": now, "outcomes": {
                "series": [0, 0, 0], "time_delta_millis": [0, 0, 0], "latency_seconds": [0.1, 0.2, 0.3], "failed": "BA==", "error_row": [2], "error_type": [1],
            }}},
            {"goodbye": {}},
        ],
    )
    said = list(answers)
    check("a stream is welcomed, its batch acknowledged, its Goodbye answered by the end",
          len(said) == 2 and "welcome" in said[0] and said[1].get("acks", {}).get("acks", [{}])[0].get("sequence") == "1"
          and "rejections" not in said[1]["acks"]["acks"][0] and call.code() == grpc.StatusCode.OK, said)
    return said[1]["acks"]["acks"][0]["position"]


def query(server, position, agent, count, failures):
    lines = server.call("tocsin.v1.QueryService/QuerySeries", {
        "selector": {"metric": METRIC, "matchers": [{"key": "gen_ai.agent.name", "values": [agent]}]},
        "range": {"min_position": position}, "quantiles": [0.5, 0.99],
    })
    points = [p for line in lines.get("lines", []) for p in line["points"]]
    check(f"QuerySeries at the ack's position has {count} outcomes of {agent}, {failures} failed, and two quantiles",
          len(points) == 1 and int(points[0]["count"]) == count and int(points[0].get("failed", 0)) == failures and len(points[0]["quantiles"]) == 2, lines)
    agents = server.call("tocsin.v1.QueryService/ListAgentMetrics", {"range": {"min_position": position}, "agent_type": agent})
    found = agents.get("agents", [])
    check(f"ListAgentMetrics has the same of {agent}",
          len(found) == 1 and int(found[0]["count"]) == count and int(found[0].get("failed", 0)) == failures, agents)


def main(address):
    with grpc.insecure_channel(address) as channel:
        server = Reflected(channel)
        ours = [s for s in server.services() if s.startswith("tocsin.v1.")]
        check("reflection lists " + ", ".join(ours), len(ours) == 4, server.services())
        heard, subscription = subscribe(server)

        since = time.monotonic()
        position = push(server)
        event, seconds = alert_event(heard, "outage", since)
        check(f"the outage alert that the pushed errors cause comes within {ALERT_SECONDS} s", event is not None, "nothing of the kind")
        if event:
            print(f"from the call of Push to the alert at the subscriber: {seconds * 1000:.0f} ms", flush=True)
            check("it is critical and tells why", event["alert"]["severity"] == "SEVERITY_CRITICAL" and event["alert"]["evidence"].get("text"), event)
            got = server.call("tocsin.v1.AlertService/Get", {"id": event["alert"]["id"]})
            check("Get has the alert and its events", got["alert"]["id"] == event["alert"]["id"] and got["events"], got)
            anomalies = server.call("tocsin.v1.QueryService/ListAnomalies", {"min_severity": "SEVERITY_CRITICAL"})
            check("ListAnomalies has it", event["alert"]["id"] in [a["id"] for a in anomalies.get("anomalies", [])], anomalies)
        query(server, position, AGENT, OUTCOMES, OUTCOMES - OUTCOMES // 4)
        query(server, stream(server), "streamed", 3, 1)
        subscription.cancel()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        main(sys.argv[1])
    except grpc.RpcError as e:
        check(f"every call succeeds: one ended with {e.code()}", False, e.details())
    sys.exit(1 if failed else 0)
