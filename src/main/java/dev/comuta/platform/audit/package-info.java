/**
 * The audit: who changed what, when and from where, written in the transaction of the change.
 *
 * <ul>
 *   <li>Tables: AuditEntries, AuditChains
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.audit;
