package dev.comuta.sandbox.voice;

/**
 * Where a call goes after a verb.
 *
 * @param fetch another document; null for none
 * @param ends whether the call ends
 */
record Next(Fetch fetch, boolean ends) {

    static final Next VERB = new Next(null, false);
    static final Next END = new Next(null, true);

    static Next document(Fetch fetch) {
        return new Next(fetch, false);
    }
}
