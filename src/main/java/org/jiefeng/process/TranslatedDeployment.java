package org.jiefeng.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.spring.boot.starter.configuration.impl.DefaultDeploymentConfiguration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Deploys diagrams, decisions and forms in the deployment's language, so that Tasklist, Cockpit and history agree.
 *
 * <p>The engine keeps one text per element, hence the translation at deployment; English is deployed as it stands.
 */
@Component
class TranslatedDeployment extends DefaultDeploymentConfiguration {

    private final JiefengProperties.Language language;

    TranslatedDeployment(JiefengProperties properties) {
        this.language = properties.language();
    }

    @Override
    public Set<Resource> getDeploymentResources() {
        Set<Resource> translated = new LinkedHashSet<>();
        super.getDeploymentResources().stream()
                .sorted(Comparator.comparing(resource -> Objects.requireNonNull(resource.getFilename())))
                .forEach(resource -> translated.add(translate(resource)));
        return translated;
    }

    private Resource translate(Resource resource) {
        String name = Objects.requireNonNull(resource.getFilename());
        try (InputStream in = resource.getInputStream()) {
            byte[] content = in.readAllBytes();
            if (language != JiefengProperties.Language.EN) {
                content = translate(name, content);
            }
            return new NamedResource(name, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] translate(String name, byte[] content) {
        if (name.endsWith(".bpmn")) {
            return ModelTranslation.translate(content, language.code());
        } else if (name.endsWith(".form")) {
            return FormTranslation.translate(content, language.code());
        } else if (name.endsWith(".html")) {
            return HtmlFormTranslation.translate(content, language.code());
        }
        return content;
    }

    /** The engine names a byte array resource by its description, and a file by its absolute path: both get the flat name. */
    private static final class NamedResource extends ByteArrayResource {

        private final String name;

        NamedResource(String name, byte[] content) {
            super(content);
            this.name = name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getDescription() {
            return name;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}
