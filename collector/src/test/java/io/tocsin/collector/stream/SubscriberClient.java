/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A subscriber that reads as it is told to. */
public final class SubscriberClient implements AutoCloseable {
    private final BlockingQueue<SubscribeResponse> responses = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final Context.CancellableContext context = Context.current().withCancellation();
    private volatile ClientCallStreamObserver<SubscribeRequest> call;
    private volatile String cursor = "";

    /** @param read messages to read on its own; the rest wait for {@link #read} */
    public SubscriberClient(Channel channel, SubscribeRequest.Builder request, int read) {
        context.run(() -> AlertServiceGrpc.newStub(channel)
                .subscribe(request.build(), new ClientResponseObserver<SubscribeRequest, SubscribeResponse>() {
                    @Override
                    public void beforeStart(ClientCallStreamObserver<SubscribeRequest> started) {
                        call = started;
                        started.disableAutoRequestWithInitial(read);
                    }

                    @Override
                    public void onNext(SubscribeResponse response) {
                        cursor = response.getCursor();
                        if (!response.hasKeepAlive()) {
                            responses.add(response);
                        }
                    }

                    @Override
                    public void onError(Throwable t) {
                        end.complete(Status.fromThrowable(t));
                    }

                    @Override
                    public void onCompleted() {
                        end.complete(Status.OK);
                    }
                }));
    }

    public SubscriberClient(Channel channel, SubscribeRequest.Builder request) {
        this(channel, request, Integer.MAX_VALUE);
    }

    public void read(int messages) {
        call.request(messages);
    }

    public SubscribeResponse next() {
        try {
            SubscribeResponse response = responses.poll(10, SECONDS);
            if (response == null) {
                throw new AssertionError("no response within 10 s, ended with " + end.getNow(null));
            }
            return response;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public AlertEvent nextEvent() {
        SubscribeResponse response = next();
        if (!response.hasEvent()) {
            throw new AssertionError("expected an event, came " + response);
        }
        return response.getEvent();
    }

    public int waiting() {
        return responses.size();
    }

    /** Of the last response, keep-alives included. */
    public String cursor() {
        return cursor;
    }

    public Status end() {
        return end.orTimeout(10, SECONDS).join();
    }

    @Override
    public void close() {
        context.cancel(null);
    }
}
