package dev.comuta.platform.http;

/** Who gave a URL decides where it may lead. */
public sealed interface UrlSource {

    /** A client: the URL may lead to public addresses and to the hosts on the client's allow-list. */
    record Client(long clientId) implements UrlSource {}

    /** The operator's configuration: the URL may lead anywhere. A closed list of classes in ArchitectureTest may say so. */
    record Operator() implements UrlSource {}
}
