package dev.comuta.sandbox.voice;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads TwiML. */
final class Twiml {

    private static final int PARSE_FAILURE = 12_100;

    private Twiml() {}

    /** The verbs of a document; none of an empty body. */
    static List<Verb> read(String xml) {
        if (xml.isBlank()) {
            return List.of();
        }
        Element root = parse(xml);
        if (!root.getTagName().equals("Response")) {
            throw new Document.Failed(PARSE_FAILURE, "the root of the document is " + root.getTagName());
        }
        return children(root);
    }

    private static Element parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(xml.strip()))).getDocumentElement();
        } catch (SAXException e) {
            throw new Document.Failed(PARSE_FAILURE, "Document parse failure: " + e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Verb> children(Element element) {
        List<Verb> verbs = new ArrayList<>();
        NodeList nodes = element.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element child) {
                verbs.add(verb(child));
            }
        }
        return List.copyOf(verbs);
    }

    private static Verb verb(Element element) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            attributes.put(attribute.getNodeName(), attribute.getNodeValue());
        }
        String text = element.getTextContent().strip();
        return new Verb(element.getTagName(), attributes, text, children(element));
    }
}
