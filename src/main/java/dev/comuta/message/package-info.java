/** Messages: what came in, what goes out, and what became of it. */
package dev.comuta.message;
