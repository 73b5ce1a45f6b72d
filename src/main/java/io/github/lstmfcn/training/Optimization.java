package io.github.lstmfcn.training;

import java.util.Objects;

/**
 * What a step minimises, which weights it changes, and by how much.
 *
 * @param adam the optimizer
 * @param reduceLrOnPlateau how the learning rate falls
 * @param classWeight how much a class counts in the loss
 * @param freeze the layers that stay as they are
 */
public record Optimization(
    Adam adam, ReduceLrOnPlateau reduceLrOnPlateau, ClassWeight classWeight, Freeze freeze) {

  /** Refuses null. */
  public Optimization {
    Objects.requireNonNull(adam, "adam");
    Objects.requireNonNull(reduceLrOnPlateau, "reduceLrOnPlateau");
    Objects.requireNonNull(classWeight, "classWeight");
    Objects.requireNonNull(freeze, "freeze");
  }
}
