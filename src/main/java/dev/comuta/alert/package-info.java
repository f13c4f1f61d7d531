/**
 * What the people who run a company, or the platform, must hear of: an alert is raised once per client and cause and
 * counted from then on, until somebody resolves it.
 *
 * <p>Owns the table Alerts. Writes the event 'AlertaSistema' and, for a new alert, the task 'EnvioAlerta'. Implements
 * {@link dev.comuta.task.FinalFailures}. Uses {@code task} and {@code event}.
 */
package dev.comuta.alert;
