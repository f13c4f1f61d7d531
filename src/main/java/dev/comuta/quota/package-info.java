/** What a client may have, and how much it has used. */
package dev.comuta.quota;
