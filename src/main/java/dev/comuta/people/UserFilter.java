package dev.comuta.people;

/** A filter of internal users; a null field matches every user. */
record UserFilter(String userRole, String email, String status, String externalUserId) {}
