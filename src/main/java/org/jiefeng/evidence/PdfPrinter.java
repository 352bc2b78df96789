package org.jiefeng.evidence;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Prints a page template as PDF, always in Chinese: what is printed is for the carrier. */
@Component
class PdfPrinter {

    private final ITemplateEngine templates;

    PdfPrinter(ITemplateEngine templates) {
        this.templates = templates;
    }

    /**
     * The same template, texts and time give the same bytes.
     *
     * @param template file name below {@code templates}, without extension
     * @param texts what the template shows; escaped there
     * @param made noted in the PDF as the time of its making
     */
    byte[] print(String template, Map<String, Object> texts, Instant made) {
        String page = templates.process(template, new Context(Locale.SIMPLIFIED_CHINESE, texts));
        return PdfPage.print(page, made);
    }
}
