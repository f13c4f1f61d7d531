/** The audit: who changed what, when and from where, in the transaction of the change. */
package dev.comuta.platform.audit;
