package dev.comuta.platform.http;

/** The source of a URL, which decides the addresses that it may reach. */
public sealed interface UrlSource {

    /** A client: the URL may reach public addresses and the hosts on the client's allow-list. */
    record Client(long clientId) implements UrlSource {}

    /**
     * The operator's configuration: the URL may reach any address. ArchitectureTest lists the classes that may use it.
     */
    record Operator() implements UrlSource {}
}
