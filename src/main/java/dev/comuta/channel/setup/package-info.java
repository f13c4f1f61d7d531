/**
 * The set-up of a channel: whether its number is proved, and which steps at its provider are done or missing.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.channel.setup.SetupCheck}
 * </ul>
 */
package dev.comuta.channel.setup;
