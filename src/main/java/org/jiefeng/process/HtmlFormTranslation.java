package org.jiefeng.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.ParseSettings;
import org.jsoup.parser.Parser;

/**
 * Gives an embedded HTML form the texts of another language, which stand beside the English ones in attributes.
 *
 * <p>{@code data-zh} replaces the element's own text and leaves its child elements alone; {@code data-zh-placeholder},
 * {@code data-zh-title} and the like replace the attribute they are named after. Scripts pass unchanged.
 */
final class HtmlFormTranslation {

    private HtmlFormTranslation() {}

    static byte[] translate(byte[] form, String language) {
        Document document = Jsoup.parseBodyFragment("");
        document.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
        Element body = document.body();
        // Names keep their case, because AngularJS directives and SVG depend on it.
        Parser parser = Parser.htmlParser().settings(ParseSettings.preserveCase);
        parser.parseFragmentInput(new String(form, StandardCharsets.UTF_8), body, "")
                .forEach(body::appendChild);

        String text = "data-" + language;
        String attribute = text + "-";
        for (Element element : body.getAllElements()) {
            if (element.hasAttr(text)) {
                replaceText(element, element.attr(text));
            }
            for (Attribute translation : element.attributes().asList()) {
                if (translation.getKey().startsWith(attribute)) {
                    element.attr(translation.getKey().substring(attribute.length()), translation.getValue());
                }
            }
        }
        return body.html().getBytes(StandardCharsets.UTF_8);
    }

    private static void replaceText(Element element, String translation) {
        List<TextNode> texts =
                element.textNodes().stream().filter(node -> !node.isBlank()).toList();
        if (texts.isEmpty()) {
            element.appendText(translation);
            return;
        }
        texts.get(0).text(translation);
        texts.stream().skip(1).forEach(TextNode::remove);
    }
}
