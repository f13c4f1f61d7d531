/** Secrets sealed at rest, and the keys that seal them. */
package dev.comuta.platform.secret;
