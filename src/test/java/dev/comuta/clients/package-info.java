/** openapi.yaml for tools that read OpenAPI 3.0 only: what clients are generated from. */
package dev.comuta.clients;
