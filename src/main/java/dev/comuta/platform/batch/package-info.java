/** Many callers share one commit. */
package dev.comuta.platform.batch;
