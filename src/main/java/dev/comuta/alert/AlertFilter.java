package dev.comuta.alert;

/** Filter of a list of alerts. A null field matches every alert. */
record AlertFilter(Long clientId, String status, String cause) {}
