/** Mail by SMTP: implements {@link dev.comuta.mail.Mailer}. */
package dev.comuta.provider.mail;
