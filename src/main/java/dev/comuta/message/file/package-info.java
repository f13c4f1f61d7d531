/**
 * Uploaded files in outgoing messages: checked and attached in the transaction that stores the message, and replaced by a
 * link when it is sent.
 */
package dev.comuta.message.file;
