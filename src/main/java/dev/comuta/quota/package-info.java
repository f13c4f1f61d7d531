/**
 * The limits of a client and their usage, and the usage ledger for billing.
 *
 * <ul>
 *   <li>Tables: ClientUsage, UsageLedger, UsageEntries
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.quota.Entitlements}, {@link dev.comuta.quota.QuotaCounter}
 *   <li>Uses: client
 * </ul>
 */
package dev.comuta.quota;
