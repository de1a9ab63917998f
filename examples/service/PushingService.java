/* SPDX-License-Identifier: Apache-2.0 */

import io.tocsin.client.Attributes;
import io.tocsin.client.Counter;
import io.tocsin.client.Gauge;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.Task;
import io.tocsin.client.TocsinClient;
import java.time.Duration;

/**
 * A service that tells what its agents do. One file; run it from the root of the repository against a collector:
 *
 * <pre>java -cp 'cli/target/dist/lib/*' examples/service/PushingService.java 127.0.0.1:7317</pre>
 */
public final class PushingService {
    public static void main(String[] args) throws InterruptedException {
        String endpoint = args.length == 0 ? "127.0.0.1:7317" : args[0];
        try (TocsinClient tocsin = TocsinClient.builder().endpoint(endpoint).build()) {
            // handles are made once and used from any thread
            Attributes planner = Attributes.of(
                    "gen_ai.agent.name", "planner", "gen_ai.agent.id", "planner-1", "tocsin.task.type", "plan");
            Outcomes calls = tocsin.outcomes("gen_ai.invoke_agent.duration", planner);
            Counter tokens = tocsin.counter("gen_ai.client.token.usage", planner.with("gen_ai.token.type", "output"));
            Gauge waiting = tocsin.gauge("tocsin.queue.depth", Attributes.of("gen_ai.agent.name", "planner"));

            for (int request = 0; request < 100; request++) {
                long begin = System.nanoTime();
                boolean failed = request % 20 == 0;
                Thread.sleep(5); // the work
                long took = System.nanoTime() - begin;
                if (failed) {
                    calls.record(took, Status.ERROR, "rate_limited");
                } else {
                    calls.record(took, Status.OK);
                }
                tokens.increment(120);
                waiting.set(100 - request);
            }

            // a task that counts as failed if it is not completed within a minute
            Task task = calls.start(Duration.ofMinutes(1));
            task.complete(Status.OK);

            tocsin.flush(Duration.ofSeconds(10));
            System.out.println(tocsin.balance());
        }
    }
}
