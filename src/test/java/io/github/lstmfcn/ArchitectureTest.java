package io.github.lstmfcn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/** Data flows one way: a package knows only those above it. */
class ArchitectureTest {
  private static final String ROOT = "io.github.lstmfcn";
  private static final String CLI = ROOT + ".cli..";

  /** From the top to the bottom. */
  static final List<String> PACKAGES =
      List.of(
          "text",
          "error",
          "files",
          "json",
          "machine",
          "data",
          "data.format",
          "data.archive",
          "model",
          "model.winograd",
          "model.graph",
          "keras.config",
          "keras.layout",
          "keras",
          "training",
          "training.engine",
          "training.loop",
          "training.run",
          "table",
          "search",
          "evaluation",
          "verification",
          "explain",
          "chart",
          "export",
          "report.result",
          "report.statistics",
          "report",
          "cli.process",
          "cli.option",
          "cli");

  /** What needs the optional libraries; a service uses all the others. */
  private static final List<String> OPTIONAL =
      List.of(
          "table",
          "search",
          "verification",
          "chart",
          "report.result",
          "report.statistics",
          "report",
          "cli.process",
          "cli.option",
          "cli");

  private static final List<String> SERVICE =
      PACKAGES.stream().filter(name -> !OPTIONAL.contains(name)).toList();

  /** With Java's own and TensorFlow's, all that a service gets. */
  private static final List<String> LIBRARIES_OF_A_SERVICE =
      List.of(
          "java.lang..",
          "java.io..",
          "java.math..",
          "java.nio..",
          "java.security..",
          "java.text..",
          "java.time..",
          "java.util..",
          "com.google.protobuf..",
          "org.tensorflow..",
          "com.fasterxml.jackson..",
          "io.jhdf..",
          "de.siegmar.fastcsv..",
          "ch.randelshofer.fastdoubleparser..");

  /** Does without the optional library where there is none. */
  private static final String EXCHANGE = ".*\\.files\\.FolderExchange(\\$.*)?";

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    assertThat(classes).isNotEmpty();
  }

  static Stream<String> packages() {
    return PACKAGES.stream();
  }

  @Test
  void everyPackageHasItsPlace() {
    List<String> places = new ArrayList<>(List.of(ROOT));
    PACKAGES.forEach(name -> places.add(ROOT + "." + name));

    noClasses().should().resideOutsideOfPackages(places.toArray(String[]::new)).check(classes);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void knowsOnlyThePackagesAboveIt(String name) {
    List<String> below = new ArrayList<>();
    for (String lower : PACKAGES.subList(PACKAGES.indexOf(name) + 1, PACKAGES.size())) {
      below.add(ROOT + "." + lower);
    }
    if (!name.startsWith("cli")) {
      below.add(ROOT);
    }
    if (!below.isEmpty()) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + name)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(below.toArray(String[]::new))
          .check(classes);
    }
  }

  @Test
  void theApiNeedsOnlyWhatAServiceUses() {
    List<String> allowed = new ArrayList<>(List.of(ROOT));
    SERVICE.forEach(name -> allowed.add(ROOT + "." + name));
    allowed.addAll(LIBRARIES_OF_A_SERVICE);

    classes()
        .that()
        .resideInAnyPackage(services())
        .and()
        .haveNameNotMatching(EXCHANGE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(classes);
  }

  private static String[] services() {
    return Stream.concat(Stream.of(ROOT), SERVICE.stream().map(name -> ROOT + "." + name))
        .toArray(String[]::new);
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyTheCommandLinePrintsAndEnds() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(classes);
  }

  @Test
  void onlyTheCommandLineKnowsItsLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .and()
        .haveNameNotMatching(EXCHANGE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "me.tongfei.progressbar..", "com.sun.jna..")
        .check(classes);
  }

  @Test
  void oneMapperReadsAndWritesJson() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".json")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("ObjectMapper")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleName("JsonMapper")
        .check(classes);
  }

  @Test
  void tensorsStayBehindTheModel() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT, ROOT + ".data..", ROOT + ".keras..", ROOT + ".evaluation..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tensorflow..")
        .check(classes);
  }

  /** TensorFlow-Java's own scopes name operations in the digits of the default locale. */
  @Test
  void graphsAreNamedByAScopeOfOurOwn() {
    noClasses()
        .that()
        .doNotHaveSimpleName("GraphScope")
        .should()
        .callMethod(Ops.class, "create", ExecutionEnvironment.class)
        .orShould()
        .callMethod(Ops.class, "create")
        .orShould()
        .callMethod(Graph.class, "baseScope")
        .check(classes);
  }

  @Test
  void aClassIsNamedForTheThingItIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .check(classes);
  }
}
