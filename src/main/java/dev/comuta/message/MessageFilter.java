package dev.comuta.message;

/** A filter of the messages of a session; a null field matches every message. */
public record MessageFilter(String senderType, String contentType, String status) {}
