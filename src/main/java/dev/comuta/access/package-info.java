/** Who may call: API keys, and sign-in by a link in a mail. */
package dev.comuta.access;
