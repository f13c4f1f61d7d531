/**
 * Uploaded files in outgoing messages: checked and attached in the transaction that stores the message, and replaced by a
 * link when it is sent.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: media
 * </ul>
 */
package dev.comuta.message.file;
