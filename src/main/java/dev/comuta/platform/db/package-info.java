/**
 * Transactions, the only access to the database, and helpers for statements.
 *
 * <p>{@link dev.comuta.platform.db.Transactions} begins every transaction, in one tenant or, for a named reason, as
 * the platform. Work gets a {@link dev.comuta.platform.db.Tx} as an argument.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.platform.db.CommitListener}, {@link dev.comuta.platform.db.TransactionListener}
 * </ul>
 */
package dev.comuta.platform.db;
