/**
 * What a client may have and how much of it is used; the usage ledger, which billing will read.
 *
 * <ul>
 *   <li>Tables: ClientUsage, UsageLedger, UsageEntries
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.quota.Entitlements}, {@link dev.comuta.quota.QuotaCounter}
 *   <li>Uses: client
 * </ul>
 */
package dev.comuta.quota;
