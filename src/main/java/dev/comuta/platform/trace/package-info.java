/** Spans, and the trace that crosses database and broker. */
package dev.comuta.platform.trace;
