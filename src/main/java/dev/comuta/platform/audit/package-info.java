/**
 * The audit: caller, operation, target, time and origin of each change, written in the transaction of the change.
 *
 * <ul>
 *   <li>Tables: AuditEntries, AuditChains, AuditCheckpoints
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.audit;
