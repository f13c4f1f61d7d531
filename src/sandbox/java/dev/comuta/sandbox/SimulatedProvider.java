package dev.comuta.sandbox;

/** One vendor on the sandbox's HTTP port, with the vendor's real paths, limits and errors. */
interface SimulatedProvider {

    /** Its name in recorded requests and faults. */
    String name();

    /** Whether a path is this vendor's. */
    boolean owns(String path);

    /** Answers a request whose path it owns; a path it does not know is a 404. */
    void answer(Exchange exchange);
}
