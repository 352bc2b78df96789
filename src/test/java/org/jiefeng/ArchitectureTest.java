package org.jiefeng;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rooms and who may know whom: features are joined by the diagrams, never by each other's code. */
@AnalyzeClasses(packages = "org.jiefeng", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> FEATURES = Set.of(
            "suspension",
            "report",
            "evidence",
            "carrier",
            "reinstatement",
            "retraining",
            "alternative",
            "calling",
            "notification",
            "absence",
            "fault",
            "conduct",
            "audit");

    private static final String[] FOUNDATIONS = rooms("appeal", "account", "calendar");

    /** Beside delegates and listeners: what happens outside reaches a case through these, as a message or another try. */
    private static final Set<String> MESSAGE_SENDERS = Set.of(
            "SuspensionIntake",
            "AppealWithdrawal",
            "AnomalyReports",
            "AppealReopening",
            "InboxCorrelator",
            "CarrierDates",
            "StuckTransfers",
            "AbsencePlanning",
            "OverturnedSuspensions",
            "Complaints");

    @ArchTest
    static final ArchRule everyClassLivesInARoom = classes()
            .that()
            .resideOutsideOfPackage("org.jiefeng")
            .should()
            .resideInAnyPackage(
                    Stream.of(FOUNDATIONS, rooms(FEATURES.toArray(String[]::new)), rooms("process", "security"))
                            .flatMap(Arrays::stream)
                            .toArray(String[]::new));

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("org.jiefeng.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule engineIsKnownInFewPlaces = noClasses()
            .that(not(resideInAnyPackage(rooms("process", "security", "audit"))))
            .and(not(stepsOfADiagram()))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..")
            .because("moving to a maintained fork of the engine must stay a mechanical change");

    @ArchTest
    static final ArchRule pdfLibraryIsKnownInTwoPlaces = noClasses()
            .that(not(describe("PdfPage and PageCount", type -> outermost(type).matches("PdfPage|PageCount"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.pdfbox..", "org.apache.fontbox..", "com.openhtmltopdf..")
            .because("it is loaded when something is printed, not when the application starts");

    @ArchTest
    static final ArchRule foundationsKnowNothingAboveThem = noClasses()
            .that()
            .resideInAnyPackage(FOUNDATIONS)
            .should()
            .dependOnClassesThat(ours().and(not(resideInAnyPackage(FOUNDATIONS))));

    @ArchTest
    static final ArchRule processKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage(room("process"))
            .should()
            .dependOnClassesThat(
                    ours().and(not(resideInAnyPackage(FOUNDATIONS))).and(not(resideInAPackage(room("process")))));

    @ArchTest
    static final ArchRule featuresDoNotKnowEachOther = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    String room = type.getPackageName()
                            .replaceFirst("^org\\.jiefeng\\.?", "")
                            .replaceFirst("\\..*", "");
                    return FEATURES.contains(room) ? SliceIdentifier.of(room) : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "features";
                }
            })
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule featuresReachTheProcessOnlyFromItsStepsAndBySendingMessages = noClasses()
            .that()
            .resideInAnyPackage(rooms(FEATURES.toArray(String[]::new)))
            .and(not(resideInAPackage(room("audit"))))
            .and(not(stepsOfADiagram()))
            .and(not(named("message senders", MESSAGE_SENDERS)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(room("process"));

    @ArchTest
    static final ArchRule nobodyKnowsSecurity = noClasses()
            .that()
            .resideOutsideOfPackage(room("security"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(room("security"));

    @ArchTest
    static final ArchRule securityKnowsOnlyCasesAndPeople = noClasses()
            .that()
            .resideInAPackage(room("security"))
            .should()
            .dependOnClassesThat(ours().and(not(resideInAnyPackage(rooms("security", "appeal", "account")))));

    @ArchTest
    static final ArchRule accessIsDeclaredByTheOneAnnotationThatIsEnforced = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "annotations of method security other than @PreAuthorize",
                    type -> Set.of("PostAuthorize", "PreFilter", "PostFilter", "Secured", "RolesAllowed")
                            .contains(type.getSimpleName())))
            .because("SecurityConfiguration looks for @PreAuthorize only");

    /** The first public type of a file, and what stands before it. */
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?ms)^(?<before>.*?)^public (?:final |abstract |sealed |non-sealed )*(?:class|record|interface|enum|@interface) ");

    private static final Pattern SENTENCE = Pattern.compile("(?s)/\\*\\*.*?\\w[^*]*?[.)]");

    @ArchTest
    static void everyPublicTypeSaysWhatItIsFor(JavaClasses classes) {
        assertThat(sources()).isNotEmpty().allSatisfy(file -> {
            Matcher type = PUBLIC_TYPE.matcher(read(file));
            if (type.find()) {
                assertThat(type.group("before")).as("%s", file).containsPattern(SENTENCE);
            }
        });
    }

    @ArchTest
    static void everyPackageSaysWhatItIsForAndIsNullMarked(JavaClasses classes) {
        List<Path> packages = sources().stream().map(Path::getParent).distinct().toList();
        assertThat(packages).isNotEmpty().allSatisfy(room -> {
            Path info = room.resolve("package-info.java");
            assertThat(info).exists();
            assertThat(read(info)).as("%s", info).containsPattern(SENTENCE).contains("@NullMarked\npackage");
        });
    }

    private static String room(String name) {
        return "org.jiefeng." + name + "..";
    }

    private static String[] rooms(String... names) {
        return Stream.of(names).map(ArchitectureTest::room).toArray(String[]::new);
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage("org.jiefeng..");
    }

    private static DescribedPredicate<JavaClass> stepsOfADiagram() {
        return describe("delegates and listeners", type -> outermost(type).matches("\\w+(Delegate|Listener)"));
    }

    private static DescribedPredicate<JavaClass> named(String description, Set<String> names) {
        return describe(description, type -> names.contains(outermost(type)));
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElseGet(type::getSimpleName);
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
