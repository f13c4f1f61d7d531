/** The authenticated caller: roles, permissions, and the ports that say whose a key is and which clients exist. */
package dev.comuta.platform.security;
