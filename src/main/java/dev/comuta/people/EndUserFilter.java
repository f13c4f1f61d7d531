package dev.comuta.people;

/**
 * A filter of end users; a null field matches every end user.
 *
 * @param phoneNumber in any usual spelling, with or without the ninth digit
 * @param userId the broker
 */
record EndUserFilter(String phoneNumber, String email, String name, Long userId, String status) {}
