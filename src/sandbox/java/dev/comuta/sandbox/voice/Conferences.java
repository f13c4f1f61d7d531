package dev.comuta.sandbox.voice;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** All conferences of one carrier. A name belongs to one running conference of an account. */
final class Conferences {

    private final List<Conference> all = new CopyOnWriteArrayList<>();

    /** The running conference of this name, or a new one. */
    synchronized Conference named(String accountSid, String name, Supplier<Conference.Facts> facts) {
        return all().stream()
                .filter(one -> !one.isOver()
                        && one.facts().accountSid().equals(accountSid)
                        && one.facts().name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    Conference added = new Conference(facts.get());
                    all.add(added);
                    return added;
                });
    }

    /** By id, or the running one by name; null for none. */
    Conference find(String accountSid, String sidOrName) {
        return all().reversed().stream()
                .filter(one -> one.facts().accountSid().equals(accountSid))
                .filter(one -> one.facts().sid().equals(sidOrName)
                        || (!one.isOver() && one.facts().name().equals(sidOrName)))
                .findFirst()
                .orElse(null);
    }

    /** Oldest first. */
    List<Conference> all() {
        return List.copyOf(all);
    }
}
