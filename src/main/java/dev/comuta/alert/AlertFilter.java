package dev.comuta.alert;

/** Which alerts; a null part narrows nothing. */
record AlertFilter(Long clientId, String status, String cause) {}
