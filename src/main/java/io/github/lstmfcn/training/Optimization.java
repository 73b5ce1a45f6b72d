package io.github.lstmfcn.training;

import java.util.Objects;

/**
 * What a step minimises, which weights it changes, and by how much.
 *
 * @param adam the optimizer
 * @param reduceLrOnPlateau how the learning rate is lowered
 * @param classWeight how classes are weighted in the loss
 * @param freeze the layers that are not trained
 */
public record Optimization(
    Adam adam, ReduceLrOnPlateau reduceLrOnPlateau, ClassWeight classWeight, Freeze freeze) {

  /**
   * Checks that no value is null.
   *
   * @param adam the component {@code adam}
   * @param reduceLrOnPlateau the component {@code reduceLrOnPlateau}
   * @param classWeight the component {@code classWeight}
   * @param freeze the component {@code freeze}
   */
  public Optimization {
    Objects.requireNonNull(adam, "adam");
    Objects.requireNonNull(reduceLrOnPlateau, "reduceLrOnPlateau");
    Objects.requireNonNull(classWeight, "classWeight");
    Objects.requireNonNull(freeze, "freeze");
  }
}
