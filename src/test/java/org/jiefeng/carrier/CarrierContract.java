package org.jiefeng.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The schemas of docs/carrier-api.yaml, to hold real messages against. */
public final class CarrierContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> document;

    public CarrierContract() {
        try {
            document = new Yaml().load(Files.readString(Path.of("docs/carrier-api.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a message by one of the named schemas. */
    public List<String> faults(String schema, String message) {
        try {
            // As a schema of its own with the same component paths, so that its references find their way.
            String root = JSON.writeValueAsString(Map.of(
                    "$schema",
                    "https://json-schema.org/draft/2020-12/schema",
                    "$ref",
                    "#/components/schemas/" + schema,
                    "components",
                    document.get("components")));
            Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(root, InputFormat.JSON);
            return compiled.validate(message, InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void check(String schema, String message) {
        assertThat(faults(schema, message)).as(message).isEmpty();
    }
}
