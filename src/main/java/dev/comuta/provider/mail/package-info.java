/** Mail by SMTP: implements {@link dev.comuta.mail.AlertSink}. */
package dev.comuta.provider.mail;
