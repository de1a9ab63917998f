# SPDX-License-Identifier: Apache-2.0
"""Reads what the OpenTelemetry Collector's debug exporter wrote, and answers: otlp_spans.py FILE QUESTION…

whole NAME            the trace of the span of that name, from the service to the engine, with the right parents
count NAME LEAST MOST how many traces have a span of that name
has ID                a span of the service has that trace id
"""
import re
import sys

SERVICE = "traced-service"


def read(path):
    spans, service, span = [], "", None
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if line.startswith("ResourceSpans #"):
            service, span = "", None
        elif span is None and (found := re.match(r"-> service\.name: Str\((.*)\)", line)):
            service = found[1]
        elif re.match(r"Span #\d+$", line):
            span = {"service": service, "links": []}
            spans.append(span)
        elif re.match(r"ScopeSpans #\d+$", line):
            span = None
        elif span is not None and (found := re.match(r"(Trace ID|Parent ID|ID|Name)\s*: ?(.*)", line)):
            span.setdefault(found[1], found[2])
        elif span is not None and (found := re.match(r"-> Trace ID: (\w+)", line)):
            span["links"].append(found[1])
    return spans


def child(spans, parent, name):
    found = [s for s in spans if s["Name"] == name and s["Parent ID"] == parent["ID"] and s["Trace ID"] == parent["Trace ID"]]
    assert len(found) == 1, f"{name} must be there once under {parent['Name']}, was {len(found)} times"
    print(f"{found[0]['service']}: {name}")
    return found[0]


def main(path, question, *what):
    spans = read(path)
    if question == "whole":
        request = [s for s in spans if s["Name"] == what[0]]
        assert len(request) == 1, f"{what[0]} must be there once, was {len(request)} times"
        send = child(spans, request[0], "tocsin.send")
        assert request[0]["Trace ID"] in send["links"], "tocsin.send must link to the request"
        assert send["service"] == SERVICE, send
        ingest = child(spans, send, "tocsin.ingest.batch")
        assert ingest["service"] == "tocsin-of-ci", ingest
        for step in ("tocsin.journal.append", "tocsin.journal.force", "tocsin.engine.apply"):
            child(spans, ingest, step)
    elif question == "count":
        traces = len({s["Trace ID"] for s in spans if s["Name"] == what[0]})
        print(f"{traces} traces")
        assert int(what[1]) <= traces <= int(what[2]), f"must be {what[1]} to {what[2]}, were {traces}"
    elif question == "has":
        assert any(s["Trace ID"] == what[0] and s["service"] == SERVICE for s in spans), f"{what[0]} is not there"


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except AssertionError as e:
        sys.exit(str(e))
