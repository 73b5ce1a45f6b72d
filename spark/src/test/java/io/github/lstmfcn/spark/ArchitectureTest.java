package io.github.lstmfcn.spark;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Data flows one way. */
class ArchitectureTest {
  private static final String ROOT = "io.github.lstmfcn.spark";

  @Test
  void aPackageKnowsOnlyThoseBelowIt() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("stages and program")
        .definedBy(ROOT)
        .layer("tasks")
        .definedBy(ROOT + ".job")
        .layer("rows")
        .definedBy(ROOT + ".row")
        .layer("files")
        .definedBy(ROOT + ".storage")
        .whereLayer("stages and program")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("tasks")
        .mayOnlyBeAccessedByLayers("stages and program")
        .whereLayer("rows")
        .mayOnlyBeAccessedByLayers("stages and program")
        .whereLayer("files")
        .mayOnlyBeAccessedByLayers("stages and program", "tasks", "rows")
        .ensureAllClassesAreContainedInArchitecture()
        .check(classes);
  }
}
