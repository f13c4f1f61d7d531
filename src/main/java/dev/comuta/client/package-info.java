/**
 * Client companies and their terms: allowed hosts and individual limits.
 *
 * <p>While a client is 'Inativo', its numbers receive nothing and its tasks are canceled instead of run.
 *
 * <ul>
 *   <li>Tables: Clients
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.client.ClientListener}
 *   <li>Uses: task, event
 * </ul>
 */
package dev.comuta.client;
