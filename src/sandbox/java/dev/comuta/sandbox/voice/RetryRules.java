package dev.comuta.sandbox.voice;

import java.util.List;

/**
 * The connection overrides of an address, {@code #rc=3&rp=all}: how often a request is repeated, and after what.
 *
 * @param repeats at most
 * @param policies ct, rt, 4xx, 5xx or all
 */
record RetryRules(int repeats, List<String> policies) {

    static final RetryRules NONE = new RetryRules(0, List.of());

    private static final int MOST = 5;

    /** Twilio repeats a request once when it could not connect, unless the address says otherwise. */
    static RetryRules of(String url) {
        int repeats = 1;
        List<String> policies = List.of("ct");
        int fragment = url.indexOf('#');
        for (String part : (fragment < 0 ? "" : url.substring(fragment + 1)).split("&", -1)) {
            if (part.matches("rc=\\d")) {
                repeats = Math.min(MOST, Integer.parseInt(part.substring(3)));
            } else if (part.startsWith("rp=")) {
                policies = List.of(part.substring(3).split(",", -1));
            }
        }
        return new RetryRules(repeats, policies);
    }

    static String withoutFragment(String url) {
        int fragment = url.indexOf('#');
        return fragment < 0 ? url : url.substring(0, fragment);
    }

    /** @param status 0 for a connection that failed, -1 for an answer that did not come in time */
    boolean repeat(int status) {
        String failure =
                switch (status) {
                    case 0 -> "ct";
                    case -1 -> "rt";
                    default -> status / 100 + "xx";
                };
        return policies.contains(failure) || (policies.contains("all") && !failure.matches("[123]xx"));
    }
}
