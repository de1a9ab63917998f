# SPDX-License-Identifier: Apache-2.0
# Sourced by checks that need them: buf, grpcurl, Python's gRPC. Each is got once, into target/ci, at a fixed version.

buf=$out/npm/node_modules/.bin/buf

get_buf() {
    if [ ! -x "$buf" ]; then
        mkdir -p "$out/npm"
        npm install --prefix "$out/npm" --no-save --no-audit --no-fund --loglevel error @bufbuild/buf@1.75.0 > "$out/npm.log" 2>&1 \
            || { sed 's/^/    /' "$out/npm.log" && stop "buf could not be had from npm"; }
    fi
    echo "buf $("$buf" --version)"
}

# Puts a command grpcurl into target/ci/bin and in front in PATH: the real one, or buf in its clothes.
get_grpcurl() {
    local version=v1.9.3
    if [ ! -x "$out/bin/grpcurl" ]; then
        # Go brings itself up to date from 1.21 on; this is the last version for an older one, such as Debian 12 has
        case "$(go env GOVERSION 2> /dev/null)" in
            go1.?.* | go1.1?* | go1.20*) version=v1.9.1 ;;
        esac
        # without cgo, as there may be no C compiler
        if CGO_ENABLED=0 GOBIN=$out/bin go install "github.com/fullstorydev/grpcurl/cmd/grpcurl@$version" > "$out/go.log" 2>&1; then
            echo "grpcurl $version" > "$out/bin/grpcurl.version"
        else
            sed 's/^/    /' "$out/go.log"
            get_buf
            cp "$ci/grpcurl-by-buf" "$out/bin/grpcurl"
            echo "buf curl in the place of grpcurl, which could not be had" > "$out/bin/grpcurl.version"
        fi
    fi
    export PATH=$out/bin:$PATH BUF=$buf
    cat "$out/bin/grpcurl.version"
}

# call METHOD [JSON]: one call by reflection; the answer on one line
call() {
    grpcurl -plaintext -d "${2:-}" "$grpc" "$1" | python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin)))'
}

python=$out/venv/bin/python

get_python_grpc() {
    if ! "$python" -c 'import grpc_reflection' 2> /dev/null; then
        python3 -m venv "$out/venv"
        "$python" -m pip install --quiet grpcio==1.85.1 grpcio-reflection==1.85.1 > "$out/pip.log" 2>&1 \
            || { sed 's/^/    /' "$out/pip.log" && stop "grpcio could not be had by pip"; }
    fi
    "$python" -c 'import sys, grpc, google.protobuf as p; print("python", sys.version.split()[0], "grpcio", grpc.__version__, "protobuf", p.__version__)'
}

# Puts the OpenTelemetry Collector into target/ci/bin/otelcol, made of its OTLP receiver and its debug exporter. Takes minutes the first time.
get_otelcol() {
    local version=v0.165.0
    if [ ! -x "$out/bin/otelcol" ]; then
        mkdir -p "$out/otelcol"
        cat > "$out/otelcol/builder.yaml" <<END
dist: {name: otelcol, output_path: $out/otelcol/build}
receivers: [{gomod: go.opentelemetry.io/collector/receiver/otlpreceiver $version}]
exporters: [{gomod: go.opentelemetry.io/collector/exporter/debugexporter $version}]
END
        if ! CGO_ENABLED=0 GOBIN=$out/bin nice go install "go.opentelemetry.io/collector/cmd/builder@$version" > "$out/otelcol.build.log" 2>&1 \
            || ! CGO_ENABLED=0 nice "$out/bin/builder" --config "$out/otelcol/builder.yaml" >> "$out/otelcol.build.log" 2>&1; then
            tail -n 3 "$out/otelcol.build.log" | sed 's/^/    /'
            return 1
        fi
        mv "$out/otelcol/build/otelcol" "$out/bin/otelcol"
    fi
    echo "OpenTelemetry Collector $version"
}
