package dev.comuta.call;

/**
 * An incoming call after news.
 *
 * @param isNew whether the news was the first
 */
public record RungCall(StoredCall call, boolean isNew) {}
