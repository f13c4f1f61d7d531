/**
 * Tells people by mail: administrators of an alert (seed, scenario 5.2), users of the link by which they sign in.
 *
 * <p>Owns no table. Serves the tasks 'EnvioAlerta' and 'EnvioAcesso' through the port {@link dev.comuta.notification.AlertSink}. Uses
 * {@code alert}'s table by its id, {@code people} for the administrators, and {@code task}.
 */
package dev.comuta.notification;
