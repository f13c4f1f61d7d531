package dev.comuta.sandbox.voice;

import java.util.Map;

/**
 * A document that a call asks for.
 *
 * @param url absolute; empty for an inline document
 * @param method POST or GET
 * @param fields what happened in the call, beside the fields of every request
 * @param inline the document itself; null when it is fetched
 * @param isHook whether it reports the end of a verb
 */
record Fetch(String url, String method, Map<String, String> fields, String inline, boolean isHook) {

    static Fetch of(String url, String method) {
        return new Fetch(url, method.isEmpty() ? "POST" : method, Map.of(), null, false);
    }

    static Fetch inline(String document) {
        return new Fetch("", "POST", Map.of(), document, false);
    }

    static Fetch hook(String url, String method, Map<String, String> fields) {
        return new Fetch(url, method.isEmpty() ? "POST" : method, fields, null, true);
    }

    Fetch with(Map<String, String> added) {
        return new Fetch(url, method, added, inline, isHook);
    }
}
