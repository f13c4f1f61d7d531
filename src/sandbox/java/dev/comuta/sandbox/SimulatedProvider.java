package dev.comuta.sandbox;

/** One vendor on the sandbox's HTTP port, with the paths, limits and errors of the real API. */
public interface SimulatedProvider {

    /** Its name in recorded requests and faults. */
    String name();

    /** Whether this vendor serves the path. */
    boolean owns(String path);

    /** Answers a request to a path that it owns; an unknown path is a 404. */
    void answer(Exchange exchange);
}
