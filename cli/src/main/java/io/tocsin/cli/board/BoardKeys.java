/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.KeyName;
import io.tocsin.cli.terminal.KeyPress;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Severity;
import java.util.List;
import java.util.Optional;

/** What keys do: selection, filter, pages over the board. Confined to one thread. */
final class BoardKeys {
    private static final int PAGE = 10;
    private static final int MOST_SCROLLED = 1_000;

    private Overlay overlay = new Overlay.None();
    private Severity minSeverity = Severity.SEVERITY_INFO;
    /** Empty: whatever is worst. */
    private String selected = "";

    private InjectMenu.Choice lastChoice = new InjectMenu.Choice(0, 1, 0);

    Overlay overlay() {
        return overlay;
    }

    Severity minSeverity() {
        return minSeverity;
    }

    /** The id of the selected alert; the first, unless the person chose one that is still there. */
    String selected(List<Alert> alerts) {
        if (alerts.stream().anyMatch(a -> a.getId().equals(selected))) {
            return selected;
        }
        return alerts.isEmpty() ? "" : alerts.get(0).getId();
    }

    Optional<Action> press(KeyPress key, Board board) {
        if (key.key() == KeyName.INTERRUPT) {
            return Optional.of(new Action.Quit());
        }
        if (key.key() == KeyName.REDRAW) {
            return Optional.of(new Action.Redraw());
        }
        if (overlay instanceof Overlay.Confirm confirm) {
            overlay = new Overlay.None();
            return key.is('y') ? Optional.of(new Action.Acknowledge(confirm.alertId())) : Optional.empty();
        }
        if (key.is('q')) {
            return Optional.of(new Action.Quit());
        }
        if (key.key() == KeyName.ESCAPE) {
            overlay = new Overlay.None();
            return Optional.empty();
        }
        if (overlay instanceof Overlay.Inject inject && board.menu().isPresent()) {
            return inject(key, board.menu().get(), inject.choice());
        }
        if (page(key, board)) {
            return Optional.empty();
        }
        move(key, board);
        return Optional.empty();
    }

    // keys that open or close something
    private boolean page(KeyPress key, Board board) {
        if (key.key() == KeyName.ENTER || key.is('e')) {
            boolean open = overlay instanceof Overlay.Explain;
            overlay =
                    open || board.selected().isEmpty() ? new Overlay.None() : new Overlay.Explain(board.selected(), 0);
        } else if (key.is('?') || key.is('h')) {
            overlay = overlay instanceof Overlay.Help ? new Overlay.None() : new Overlay.Help();
        } else if (key.is('l')) {
            overlay = overlay instanceof Overlay.Log ? new Overlay.None() : new Overlay.Log(0);
        } else if (key.is('i') && board.menu().isPresent()) {
            overlay = new Overlay.Inject(lastChoice.withKind(board.menu().get(), lastChoice.kind()));
        } else if (key.is('a')) {
            overlay = board.selectedAlert()
                    .filter(a -> a.getState() == AlertState.ALERT_STATE_FIRING
                            || a.getState() == AlertState.ALERT_STATE_ACKNOWLEDGED)
                    .map(a -> (Overlay) new Overlay.Confirm(a.getId()))
                    .orElse(overlay);
        } else if (key.is('f')) {
            minSeverity = minSeverity == Severity.SEVERITY_CRITICAL
                    ? Severity.SEVERITY_INFO
                    : Severity.forNumber(minSeverity.getNumber() + 1);
        } else {
            return false;
        }
        return true;
    }

    private void move(KeyPress key, Board board) {
        int by = by(key);
        if (overlay instanceof Overlay.Log page) {
            overlay = new Overlay.Log(
                    Math.max(0, Math.min(page.back() - by, board.log().size() - 1)));
        } else if (overlay instanceof Overlay.Explain page) {
            overlay = new Overlay.Explain(page.alertId(), Math.max(0, Math.min(MOST_SCROLLED, page.scroll() + by)));
        } else if (by != 0 && !board.alerts().isEmpty()) {
            List<String> ids = board.alerts().stream().map(Alert::getId).toList();
            long to = Math.max(0, Math.min(ids.size() - 1L, ids.indexOf(board.selected()) + (long) by));
            // at the top one follows what is worst
            selected = to == 0 ? "" : ids.get((int) to);
        }
    }

    private static int by(KeyPress key) {
        if (key.key() == KeyName.SIGN) {
            return key.is('j') ? 1 : key.is('k') ? -1 : 0;
        }
        return switch (key.key()) {
            case UP -> -1;
            case DOWN -> 1;
            case PAGE_UP -> -PAGE;
            case PAGE_DOWN -> PAGE;
            case HOME -> -MOST_SCROLLED;
            case END -> MOST_SCROLLED;
            default -> 0;
        };
    }

    private Optional<Action> inject(KeyPress key, InjectMenu menu, InjectMenu.Choice choice) {
        int kinds = menu.kinds().size();
        InjectMenu.Choice next = choice;
        if (key.key() == KeyName.ENTER) {
            overlay = new Overlay.None();
            lastChoice = choice;
            return Optional.of(new Action.Inject(choice));
        } else if (key.key() == KeyName.SIGN && key.sign() >= '1' && key.sign() < '1' + kinds) {
            next = choice.withKind(menu, key.sign() - '1');
        } else if (key.is('i')) {
            overlay = new Overlay.None();
            return Optional.empty();
        } else {
            int by = by(key);
            next = switch (key.key()) {
                case LEFT -> choice.withSize(menu, -1);
                case RIGHT -> choice.withSize(menu, 1);
                case TAB -> choice.withNextPlace(menu);
                default -> choice.withKind(menu, Math.max(0, Math.min(kinds - 1, choice.kind() + by)));
            };
        }
        overlay = new Overlay.Inject(next);
        return Optional.empty();
    }
}
