package dev.comuta.conversation;

/** Which messages of a session; a null part narrows nothing. */
record MessageFilter(String senderType, String contentType, String status) {}
