/** Transactions: the only way to the database. */
package dev.comuta.platform.db;
