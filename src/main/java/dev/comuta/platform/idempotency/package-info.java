/**
 * Idempotency keys: a repeated request has the effect of one, and gets the same response.
 *
 * <ul>
 *   <li>Tables: IdempotencyKeys
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.idempotency;
