/** What every resource of the API shares: problems, paging, changes with ETag, filters, telephone numbers. */
package dev.comuta.platform.rest;
