package dev.comuta.people;

/**
 * A filter of end users; a null field matches every end user.
 *
 * @param phoneNumber with its country code, in whichever of its forms
 * @param userId the broker
 * @param tag one of the end user's tags
 */
record EndUserFilter(String phoneNumber, String email, String name, Long userId, String tag, String status) {}
