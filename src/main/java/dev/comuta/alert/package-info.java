/**
 * Problems that need attention: raised once for each client and cause, counted, acknowledged, resolved, and mailed to
 * the administrators.
 *
 * <ul>
 *   <li>Tables: Alerts
 *   <li>Events: 'AlertaSistema'
 *   <li>Ports: {@link dev.comuta.alert.Administrators}
 *   <li>Uses: quota, mail
 * </ul>
 */
package dev.comuta.alert;
