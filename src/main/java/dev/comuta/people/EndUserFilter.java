package dev.comuta.people;

/**
 * Which end users; a null part narrows nothing.
 *
 * @param phoneNumber any usual spelling, with or without the ninth digit
 * @param userId the broker
 */
record EndUserFilter(String phoneNumber, String email, String name, Long userId, String status) {}
