/**
 * The state of a call, and how news of any provider changes it. Pure: no rows, no providers.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.call.state;
