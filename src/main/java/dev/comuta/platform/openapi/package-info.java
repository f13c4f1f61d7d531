/** What the API description gets beyond the annotations: problems, examples, the introduction. */
package dev.comuta.platform.openapi;
