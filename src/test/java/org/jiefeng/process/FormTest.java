package org.jiefeng.process;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form keeps the conventions that let the engine, the case sheet and the two languages work together. */
class FormTest {

    /** Written by steps for people to read, never by a form. */
    private static final Set<String> FACTS = Set.of(
            // Registration of the suspension
            "appealNumber",
            "employeeName",
            "accountMask",
            "carrierName",
            "causeNames",
            "suspendedOn",
            "restrictionName",
            "repeatCountText",
            "noticeText",
            "noticeSource",
            "noticeGaps",
            "laterNotices",
            // Evidence and submission
            "earlierMeasuresText",
            "performanceText",
            "dossierLink",
            "legalFileLink",
            "recordingsText",
            "carrierGuidance",
            "submissionRefusal",
            "supplementRequest",
            "contactsText",
            "receiptsText",
            "reviewDueOn",
            "forwardedOn",
            "forwardAnswerDueOn",
            "decisionText",
            // Reinstatement, retraining, alternatives, prevention
            "termsText",
            "carrierTermsText",
            "probationText",
            "stepText",
            "violationText",
            "coursesText",
            "trainingResultText",
            "drillScenario",
            "drillStrengths",
            "drillPractise",
            "optionsText",
            "rejectionAdvice",
            "regulatorDueText",
            "complaintLastDay",
            "riskText",
            // Whose fault it was
            "faultFindingName",
            // Promised measures
            "measureText",
            "anomalyKindText",
            "anomalyHappenedOn",
            "measureOwner",
            "measureMetric",
            "measureDueOn",
            "measurePostponedText",
            // Reopening
            "reopeningFacts",
            "reopeningCause",
            "reopeningReason");

    /** What people write in forms and other people read; the field's key is the name on the case sheet. */
    private static final Set<String> ANSWERS = Set.of(
            "reportReason",
            "faultReason",
            "disputeReason",
            "faultReviewReason",
            "causeSource",
            "selfMeasures",
            "judgementReasonCode",
            "judgementReason",
            "refusalComment",
            "complianceReason",
            "demandSentOn",
            "statedReason",
            "remedyChannel",
            "requiredMaterials",
            "workPerformance",
            "causeAnalysis",
            "earlierMeasuresRated",
            "whatChanges",
            "sincerityCommitment",
            "readyCauseConfirmed",
            "readyConsequencesRead",
            "readyFiguresCompared",
            "readyPlanMeasurable",
            "readyEarlierAnswered",
            "readyEvidenceGathered",
            "readyMeasuresStarted",
            "channelUsed",
            "ticketNumber",
            "submittedAt",
            "contactChannel",
            "contactedOn",
            "contactAnswer",
            "contactNote",
            "promisedOn",
            "supplementWanted",
            "supplementDueOn",
            "extendedUntil",
            "receiptNumber",
            "receivedAt",
            "paidAt",
            "forwardAnsweredOn",
            "forwardAnswerChannel",
            "forwardAnswerReference",
            "forwardAnswerText",
            "decidedOn",
            "enteredDailyCap",
            "enteredHourlyCap",
            "enteredProbationDays",
            "enteredTermsText",
            "rejectionReasonCode",
            "termsRead",
            "scriptFollowed",
            "capKept",
            "hoursKept",
            "selfCheckRemarks",
            "anomalyText",
            "anomalyMeasure",
            "anomalyAnswer",
            "coursesStudied",
            "signOffConfirmed",
            "furtherAttemptReason",
            "nextStepReason",
            "managerComment",
            "carrierAskedFirst",
            "notInCourt",
            "complaintNumber",
            "filedOn",
            "regulatorAnswerText",
            "answeredOn",
            "gateNoFraudCause",
            "gateNoOtherAppeal",
            "gateRealName",
            "gateConsent",
            "gateControls",
            "replacementReason",
            "lawyerFirm",
            "advisedOn",
            "adviceSummary",
            "stopReason",
            "suspensionReason",
            "correctionPlan",
            "correctionConfirmed",
            "measureNote",
            "measureNewDate",
            "reopeningNote");

    /** The codes that gateways and services know. */
    private static final Map<String, Set<String>> CODES = Map.ofEntries(
            entry("managerJudgement", Set.of("SUPPORT", "RETURN", "REFUSE")),
            entry("refusalResponse", Set.of("REVISE", "COMPLIANCE", "ACCEPT")),
            entry("complianceJudgement", Set.of("SUPPORT", "REFUSE")),
            entry("noticeDetailsOutcome", Set.of("RECEIVED", "NO_ANSWER")),
            entry("forwardAnswerChannel", Set.of("PLATFORM", "CARRIER", "LETTER")),
            entry("faultFinding", Set.of("EMPLOYEE", "SCRIPT", "LEAD_LIST", "SYSTEM", "CARRIER_ERROR")),
            entry("findingAnswer", Set.of("ACCEPT", "DISPUTE")),
            entry("reviewedFault", Set.of("EMPLOYEE", "SCRIPT", "LEAD_LIST", "SYSTEM", "CARRIER_ERROR")),
            entry("reopeningDecision", Set.of("GRANT", "REFUSE")),
            entry("furtherAttempt", Set.of("GRANT", "REFUSE")),
            entry("nextStep", Set.of("RESUBMIT", "REGULATOR", "ALTERNATIVES", "STOP")),
            entry("managerAgrees", Set.of("YES", "NO")),
            entry("regulatorAnswer", Set.of("UPHELD", "DISMISSED", "REFUSED", "NO_ANSWER")),
            entry("replacementApproved", Set.of("APPROVE", "REFUSE")),
            entry("legalAdviceOutcome", Set.of("PURSUE", "NO_CASE")),
            entry("stopConfirmed", Set.of("YES", "NO")),
            entry("violationAction", Set.of("SUSPEND", "TIGHTEN", "WARN")),
            entry("measureResult", Set.of("KEPT", "PARTLY", "BROKEN", "NOT_YET")),
            entry("causeSource", Set.of("SYSTEM_PROMPT", "CARRIER_NOTICE", "ASKED_SUPERVISOR", "UNKNOWN")),
            entry(
                    "judgementReasonCode",
                    Set.of(
                            "EXPLANATION_PLAUSIBLE",
                            "MEASURES_SUFFICIENT",
                            "NOT_EMPLOYEES_FAULT",
                            "REPORT_UNCLEAR",
                            "CAUSE_MISSING",
                            "MEASURES_MISSING",
                            "SERIOUS_BREACH",
                            "REPEATED_BREACH",
                            "REPORT_UNTRUE",
                            "MEASURES_INSUFFICIENT",
                            "OTHER")),
            entry("channelUsed", Set.of("PORTAL", "HOTLINE", "SERVICE_HALL", "EMAIL")),
            entry("contactChannel", Set.of("PORTAL", "HOTLINE", "SERVICE_HALL", "EMAIL")),
            entry(
                    "contactAnswer",
                    Set.of(
                            "NO_NEWS",
                            "PROMISED_DATE",
                            "SUPPLEMENT",
                            "EXTENSION_ASKED",
                            "EXTENSION_GRANTED",
                            "EXTENSION_REFUSED",
                            "REINSTATED",
                            "CONDITIONAL",
                            "REJECTED",
                            "LIFTED")),
            entry(
                    "rejectionReasonCode",
                    Set.of(
                            "EVIDENCE_INSUFFICIENT",
                            "VIOLATION_CONFIRMED",
                            "REPEATED_VIOLATION",
                            "IDENTITY_NOT_VERIFIED",
                            "CONSENT_NOT_PROVEN",
                            "DOCUMENTS_INVALID",
                            "RECORDINGS_EDITED",
                            "FRAUD_SUSPECTED",
                            "OTHER")));

    private static final List<String> TEXTS = List.of(
            "label",
            "text",
            "description",
            "content",
            "dateLabel",
            "timeLabel",
            "valuesExpression",
            "validate.patternErrorMessage",
            "appearance.prefixAdorner",
            "appearance.suffixAdorner");

    private static final Pattern CODE = Pattern.compile("value: \"([^\"]*)\"");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{(.*?)}}");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final Pattern LETTERS = Pattern.compile("\\p{L}{2}");

    record Form(String name, JsonNode root) {

        List<JsonNode> components() {
            List<JsonNode> all = new ArrayList<>();
            collect(root, all);
            return all;
        }

        private static void collect(JsonNode parent, List<JsonNode> all) {
            parent.path("components").forEach(component -> {
                all.add(component);
                collect(component, all);
            });
        }

        List<JsonNode> inputs() {
            return components().stream()
                    .filter(component ->
                            component.has("key") && !component.path("disabled").asBoolean())
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Form> forms() throws IOException {
        ObjectMapper json = new ObjectMapper();
        return files(".form").map(file -> {
            try {
                return new Form(file.getFileName().toString(), json.readTree(file.toFile()));
            } catch (IOException e) {
                throw new AssertionError(file + " does not parse", e);
            }
        });
    }

    static Stream<Path> htmlForms() throws IOException {
        return files(".html");
    }

    private static Stream<Path> files(String extension) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            return files.filter(file -> file.toString().endsWith(extension)).sorted().toList().stream();
        }
    }

    @Test
    void everyFormBelongsToATask() throws IOException {
        Set<String> referenced = Diagrams.all().stream()
                .flatMap(diagram -> diagram.model().getModelElementsByType(UserTask.class).stream())
                .filter(task -> task.getCamundaFormRef() != null)
                .map(task -> task.getCamundaFormRef() + ".form")
                .collect(toSet());

        assertThat(forms().map(Form::name)).containsExactlyInAnyOrderElementsOf(referenced);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void fileNameIsTheFormsIdAndTasklistCanShowIt(Form form) {
        assertThat(form.name()).isEqualTo(form.root().path("id").asText() + ".form");
        assertThat(form.root().path("schemaVersion").asInt()).isEqualTo(16);
        assertThat(form.root().path("executionPlatform").asText()).isEqualTo("Camunda Platform");
        assertThat(form.root().path("executionPlatformVersion").asText()).isEqualTo("7.24.0");
        assertThat(form.components()).extracting(c -> c.path("id").asText()).doesNotHaveDuplicates();
        // The other components break in Tasklist 7.24 or run what is not ours.
        assertThat(form.components())
                .extracting(c -> c.path("type").asText())
                .isSubsetOf(
                        "group", "text", "textfield", "textarea", "number", "checkbox", "radio", "select", "datetime");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFieldIsAProcessVariableOrANameOfTheCaseSheet(Form form) {
        List<String> keys = form.components().stream()
                .filter(component -> component.has("key"))
                .map(component -> component.get("key").asText())
                .toList();

        assertThat(keys).doesNotHaveDuplicates();
        assertThat(keys).allSatisfy(key -> assertThat(known(key)).as(key).isTrue());
        assertThat(form.inputs()).extracting(c -> c.get("key").asText()).noneMatch(FACTS::contains);
    }

    /** What nobody writes is never shown: a name misspelt on one side leaves the reader without the text. */
    @Test
    void everyFactIsWrittenBySomeStep() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> sources.append(read(file)));
        }

        assertThat(FACTS)
                .allSatisfy(fact -> assertThat(sources.indexOf("\"" + fact + "\"") >= 0)
                        .as(fact)
                        .isTrue());
    }

    private static boolean known(String name) {
        return AppealVariables.named(name).isPresent() || FACTS.contains(name) || ANSWERS.contains(name);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyNameInATemplateOrConditionIsKnown(Form form) {
        for (JsonNode component : form.components()) {
            String condition = component.at("/conditional/hide").asText("=");
            assertThat(condition).startsWith("=");
            Stream.concat(templates(component.path("text").asText()).stream(), Stream.of(condition))
                    .flatMap(expression -> names(expression).stream())
                    .forEach(name -> assertThat(known(name))
                            .as("%s in %s", name, component.path("id").asText())
                            .isTrue());
        }
    }

    private static List<String> templates(String text) {
        return TEMPLATE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static Set<String> names(String expression) {
        String code = expression
                .replaceAll("\"[^\"]*\"", " ")
                .replaceAll("list contains|\\b(string|not|if|then|else|and|or|null|true|false)\\b", " ");
        Set<String> names = new TreeSet<>();
        Pattern.compile("[A-Za-z]\\w*").matcher(code).results().forEach(found -> names.add(found.group()));
        return names;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyTextHasItsCounterpartInChinese(Form form) {
        for (JsonNode component : form.components()) {
            Map<String, String> texts = texts(component);
            JsonNode properties = component.path("properties");
            texts.forEach((path, english) -> {
                String where = component.path("id").asText() + " " + path;
                String chinese = properties.path(path + ".zh").asText();
                assertThat(CHINESE.matcher(english).find()).as(where).isFalse();
                assertThat(chinese).as(where).isNotBlank();
                assertThat(templates(chinese).stream()
                                .flatMap(t -> names(t).stream())
                                .toList())
                        .as(where)
                        .isEqualTo(templates(english).stream()
                                .flatMap(t -> names(t).stream())
                                .toList());
                if (LETTERS.matcher(TEMPLATE.matcher(english).replaceAll("")).find()
                        && !path.startsWith("appearance.")) {
                    assertThat(CHINESE.matcher(chinese).find()).as(where).isTrue();
                }
            });
            properties
                    .fieldNames()
                    .forEachRemaining(property -> assertThat(texts)
                            .as("%s has a text for %s", component.path("id").asText(), property)
                            .containsKey(property.replaceFirst("\\.zh$", "")));
        }
    }

    private static Map<String, String> texts(JsonNode component) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String path : TEXTS) {
            JsonNode text = component.at("/" + path.replace('.', '/'));
            if (!text.isMissingNode()) {
                texts.put(path, text.asText());
            }
        }
        component
                .path("values")
                .forEach(option -> texts.put(
                        "values." + option.path("value").asText(),
                        option.path("label").asText()));
        return texts;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void choicesAreTheCodesThatGatewaysAndServicesKnow(Form form) {
        for (JsonNode component : form.components()) {
            if (Set.of("radio", "select").contains(component.path("type").asText())) {
                String key = component.path("key").asText();
                List<String> codes =
                        codes(component, component.path("valuesExpression").asText());
                assertThat(CODES).containsKey(key);
                assertThat(codes).as(key).isSubsetOf(CODES.get(key));
                assertThat(Set.copyOf(codes)).as(key).isEqualTo(CODES.get(key));
                assertThat(codes(
                                component,
                                component.at("/properties/valuesExpression.zh").asText()))
                        .as(key)
                        .isEqualTo(codes);
            }
        }
    }

    private static List<String> codes(JsonNode component, String expression) {
        List<String> codes = new ArrayList<>();
        component
                .path("values")
                .forEach(option -> codes.add(option.path("value").asText()));
        CODE.matcher(expression).results().forEach(found -> codes.add(found.group(1)));
        return codes;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormAsksForSomethingAndBoundsWhatItTakes(Form form) {
        assertThat(form.inputs())
                .anyMatch(input -> input.at("/validate/required").asBoolean());
        for (JsonNode input : form.inputs()) {
            String key = input.path("key").asText();
            switch (input.path("type").asText()) {
                case "textarea", "textfield" ->
                    assertThat(input.at("/validate/maxLength").asInt(Integer.MAX_VALUE))
                            .as(key)
                            .isLessThanOrEqualTo(4000);
                case "number" -> {
                    assertThat(input.at("/validate").has("min")).as(key).isTrue();
                    assertThat(input.at("/validate").has("max")).as(key).isTrue();
                    assertThat(input.path("decimalDigits").asInt(-1)).as(key).isZero();
                }
                case "radio", "select" ->
                    assertThat(input.at("/validate/required").asBoolean())
                            .as(key)
                            .isTrue();
                default -> {}
            }
        }
    }

    /** The form knows the case's number and asks for nothing else of it. */
    @Test
    void trainersSeeNothingOfTheCaseButTheDrill() {
        String drill = read(Path.of("forms/hold-drill.html"));

        assertThat(Pattern.compile("(?:fetchVariable|variableValue)\\('(\\w+)'\\)")
                        .matcher(drill)
                        .results()
                        .map(found -> found.group(1)))
                .containsOnly("appealNumber");
        assertThat(Pattern.compile("'(/api/[^']*)'").matcher(drill).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrder("/api/csrf", "/api/appeals/");
        assertThat(drill).contains("+ '/drill'");
    }

    @Test
    void everyTextOfAnHtmlFormHasItsCounterpartInChinese() throws IOException {
        htmlForms().forEach(file -> {
            Element body = Jsoup.parseBodyFragment(read(file)).body();
            for (Element element : body.getAllElements()) {
                String where = file.getFileName() + ": " + element.cssSelector();
                if (LETTERS.matcher(TEMPLATE.matcher(element.ownText()).replaceAll(""))
                        .find()) {
                    assertThat(CHINESE.matcher(element.attr("data-zh")).find())
                            .as(where + " has data-zh")
                            .isTrue();
                }
                for (String attribute : List.of("placeholder", "title")) {
                    if (LETTERS.matcher(element.attr(attribute)).find()) {
                        assertThat(CHINESE.matcher(element.attr("data-zh-" + attribute))
                                        .find())
                                .as(where + " has data-zh-" + attribute)
                                .isTrue();
                    }
                }
            }
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
