/**
 * Webhooks of providers: admission, limits, signatures, responses.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.webhook;
