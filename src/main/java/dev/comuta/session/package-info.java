/** Sessions: open, lock, hand off, release, close. */
package dev.comuta.session;
