/** What happens once, at the start: clock, roles, checks before production. */
package dev.comuta.platform.boot;
