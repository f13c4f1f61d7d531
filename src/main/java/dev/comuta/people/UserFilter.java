package dev.comuta.people;

/** Which internal users; a null part narrows nothing. */
record UserFilter(String userRole, String email, String status, String externalUserId) {}
