/** Port of mail. */
package dev.comuta.mail;
