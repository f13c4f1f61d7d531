/**
 * Tells people what they did not ask for: administrators of an alert (seed, scenario 5.2).
 *
 * <p>Owns no table. Serves the task 'EnvioAlerta' through the port {@link dev.comuta.notification.AlertSink}. Uses
 * {@code alert}'s table by its id, {@code people} for the administrators, and {@code task}.
 */
package dev.comuta.notification;
