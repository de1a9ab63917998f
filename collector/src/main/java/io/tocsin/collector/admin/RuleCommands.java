/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import io.tocsin.collector.call.AppliedCommands;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.partition.Position;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Changes a tenant's rules, one change at a time and each applied before the next is looked at: of two that add the same rule at once,
 * one is told that it exists. Holds no thread while it waits. Thread-safe.
 */
final class RuleCommands {
    static final int MAX_RULES = 1_000;
    static final int MAX_WAITING = 100;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Partitions partitions;
    private final Duration maxWait;
    private final Executor executor;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<String, CompletableFuture<?>> lastOfTenant = new HashMap<>();

    RuleCommands(Partitions partitions, Duration maxWait, Executor executor) {
        this.partitions = partitions;
        this.maxWait = maxWait;
        this.executor = executor;
    }

    CompletableFuture<Position> add(String tenant, Rule rule) {
        return inTurn(tenant, () -> {
            Partition partition = partitions.live(tenant);
            List<RuleView> rules = partition.rules().rules(tenant);
            if (find(rules, rule.name()).isPresent()) {
                throw CallErrors.alreadyExists("rule \"" + rule.name() + "\" exists; change it, or take another name");
            }
            if (rules.size() >= MAX_RULES) {
                throw CallErrors.exhausted("rule \"" + rule.name() + "\" would be number " + (rules.size() + 1)
                        + ", allowed are " + MAX_RULES + "; remove one");
            }
            return apply(partition, new Entry.RuleSet(tenant, rule));
        });
    }

    CompletableFuture<Position> change(String tenant, Rule rule) {
        return inTurn(tenant, () -> {
            Partition partition = partitions.live(tenant);
            requireChangeable(partition.rules().rules(tenant), rule.name());
            return apply(partition, new Entry.RuleSet(tenant, rule));
        });
    }

    CompletableFuture<Position> remove(String tenant, String name) {
        return inTurn(tenant, () -> {
            Partition partition = partitions.live(tenant);
            requireChangeable(partition.rules().rules(tenant), name);
            return apply(partition, new Entry.RuleRemoved(tenant, name));
        });
    }

    private static void requireChangeable(List<RuleView> rules, String name) {
        Rule rule = find(rules, name)
                .orElseThrow(() -> CallErrors.notFound(
                        "rule",
                        name,
                        rules.stream().map(view -> view.rule().name()).toList()));
        if (rule.origin() != Origin.API) {
            throw CallErrors.failedPrecondition(
                    "READ_ONLY_RULE",
                    "rule \"" + name + "\" is read-only here, its origin is "
                            + rule.origin().word()
                            + "; a rule of the same name in the configuration file takes its place at the next start");
        }
    }

    private static Optional<Rule> find(List<RuleView> rules, String name) {
        return rules.stream()
                .map(RuleView::rule)
                .filter(rule -> rule.name().equals(name))
                .findFirst();
    }

    private CompletableFuture<Position> apply(Partition partition, Entry command) {
        return AppliedCommands.apply(partition, command, "the rule", maxWait);
    }

    private CompletableFuture<Position> inTurn(String tenant, Supplier<CompletableFuture<Position>> change) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw CallErrors.exhausted(MAX_WAITING + " changes of rules wait, more are not taken", RETRY);
        }
        CompletableFuture<Position> mine;
        synchronized (lastOfTenant) {
            CompletableFuture<?> before =
                    lastOfTenant.getOrDefault(tenant, CompletableFuture.completedFuture(Boolean.TRUE));
            mine = before.handle((done, thrown) -> Boolean.TRUE).thenComposeAsync(turn -> change.get(), executor);
            lastOfTenant.put(tenant, mine);
        }
        return mine.whenComplete((position, thrown) -> {
            waiting.decrementAndGet();
            synchronized (lastOfTenant) {
                lastOfTenant.remove(tenant, mine);
            }
        });
    }
}
