package dev.comuta.message;

/** Which messages of a session; a null part narrows nothing. */
public record MessageFilter(String senderType, String contentType, String status) {}
