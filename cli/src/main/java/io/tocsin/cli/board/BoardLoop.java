/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.LogCapture;
import io.tocsin.cli.console.Person;
import io.tocsin.cli.terminal.KeyPress;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Screen;
import io.tocsin.cli.terminal.Size;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.v1.AcknowledgeRequest;
import io.tocsin.v1.AcknowledgeResponse;
import io.tocsin.v1.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jline.utils.AttributedString;

/**
 * Draws a board, at most four times a second and at once after a key, and does what keys ask for. Confined to one thread.
 */
public final class BoardLoop implements AutoCloseable {
    private static final long DRAW_EVERY_MILLIS = 250;

    private final Screen screen;
    private final Look look;
    private final BoardState state;
    private final CollectorConnection collector;
    private final Scope scope;
    private final InstantSource clock;
    private final LogCapture processLog = new LogCapture();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private long drawnMillis;
    private Size drawnSize = Size.USUAL;
    private boolean quit;

    /** Draws {@code state} on {@code screen}; acknowledgements go to {@code collector}. */
    public BoardLoop(
            Screen screen,
            Look look,
            BoardState state,
            CollectorConnection collector,
            Scope scope,
            InstantSource clock) {
        this.screen = screen;
        this.look = look;
        this.state = state;
        this.collector = collector;
        this.scope = scope;
        this.clock = clock;
    }

    /** Whether the person wants to end. */
    public boolean quit() {
        return quit;
    }

    /**
     * Waits at most so long for a key, and draws what is due.
     *
     * @return what the person wants to go wrong; empty: nothing
     */
    public Optional<InjectMenu.Choice> beat(long waitMillis) {
        long now = clock.millis();
        for (String entry : processLog.take()) {
            state.log(now, Tone.WARN, entry);
        }
        for (String answer = answers.poll(); answer != null; answer = answers.poll()) {
            state.notice(answer, now);
        }
        Size size = screen.size();
        if (now - drawnMillis >= DRAW_EVERY_MILLIS || now < drawnMillis || !size.equals(drawnSize)) {
            draw(size, now);
        }
        Optional<KeyPress> key = screen.key(waitMillis);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        now = clock.millis();
        Optional<Action> action = state.press(key.get(), now);
        Optional<InjectMenu.Choice> inject = Optional.empty();
        if (action.isPresent()) {
            if (action.get() instanceof Action.Quit) {
                quit = true;
            } else if (action.get() instanceof Action.Redraw) {
                screen.forget();
            } else if (action.get() instanceof Action.Acknowledge acknowledge) {
                acknowledge(acknowledge.alertId());
            } else if (action.get() instanceof Action.Inject injection) {
                inject = Optional.of(injection.choice());
            }
        }
        draw(size, now);
        return inject;
    }

    private void draw(Size size, long now) {
        List<AttributedString> lines = BoardView.render(state.board(now), size, look);
        screen.show(lines);
        drawnMillis = now;
        drawnSize = size;
    }

    private void acknowledge(String alertId) {
        AcknowledgeRequest request = AcknowledgeRequest.newBuilder()
                .setId(alertId)
                .setBy(Person.userAtHost())
                .setScope(scope)
                .build();
        collector.alertCallbacks().acknowledge(request, new StreamObserver<>() {
            @Override
            public void onNext(AcknowledgeResponse response) {
                answers.add("acknowledged as "
                        + response.getAlert().getAcknowledgement().getBy());
            }

            @Override
            public void onError(Throwable t) {
                answers.add("not acknowledged: "
                        + collector
                                .explain(Status.fromThrowable(t).asRuntimeException())
                                .getMessage());
            }

            @Override
            public void onCompleted() {
                // all was said with the answer
            }
        });
    }

    @Override
    public void close() {
        screen.close();
        processLog.close();
    }
}
