package dev.comuta.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The last 200,000 requests that the simulated providers received, stored as JSON to save memory. */
final class RecordedRequests {

    private static final int LIMIT = 200_000;

    private record Entry(String provider, String json) {}

    private final Deque<Entry> entries = new ArrayDeque<>();

    void add(RecordedRequest request) {
        Entry entry = new Entry(request.provider(), Json.write(request));
        synchronized (entries) {
            entries.addLast(entry);
            if (entries.size() > LIMIT) {
                entries.removeFirst();
            }
        }
    }

    /** A JSON array of one provider's requests in the order received; an empty name means all. */
    String json(String provider) {
        return select(provider, Entry::json).stream().collect(Collectors.joining(",", "[", "]"));
    }

    List<RecordedRequest> of(String provider) {
        return select(provider, Entry::json).stream()
                .map(json -> Json.read(json, RecordedRequest.class))
                .toList();
    }

    int count(String provider) {
        return select(provider, Entry::provider).size();
    }

    void clear() {
        synchronized (entries) {
            entries.clear();
        }
    }

    private List<String> select(String provider, Function<Entry, String> part) {
        synchronized (entries) {
            return entries.stream()
                    .filter(entry -> provider.isEmpty() || entry.provider.equals(provider))
                    .map(part)
                    .toList();
        }
    }
}
