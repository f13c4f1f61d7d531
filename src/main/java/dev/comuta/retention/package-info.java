/** Removes what is kept for a limited time. */
package dev.comuta.retention;
