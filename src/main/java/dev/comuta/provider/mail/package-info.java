/** Mail by SMTP: implements {@link dev.comuta.notification.AlertSink}. */
package dev.comuta.provider.mail;
