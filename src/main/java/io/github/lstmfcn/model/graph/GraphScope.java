package io.github.lstmfcn.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/**
 * Names the operations of a graph. TensorFlow-Java's own scopes number equal names in the digits of
 * the default locale, where TensorFlow takes only ASCII: in Arabic or Persian no graph could be
 * built with them. These names are the same in every locale.
 */
public final class GraphScope implements Scope {
  private final Graph graph;

  /** The names in use, each with the last number that was added to it. */
  private final Map<String, Integer> names;

  private final String prefix;
  private final String name;
  private final List<Operation> controls;

  private GraphScope(
      Graph graph,
      Map<String, Integer> names,
      String prefix,
      String name,
      List<Operation> controls) {
    this.graph = graph;
    this.names = names;
    this.prefix = prefix;
    this.name = name;
    this.controls = List.copyOf(controls);
  }

  /** Operations for an empty graph. */
  public static Ops operations(Graph graph) {
    return Ops.create(
        new Environment(graph, new GraphScope(graph, new HashMap<>(), "", null, List.of())));
  }

  @Override
  public ExecutionEnvironment env() {
    return graph;
  }

  @Override
  public GraphScope withName(String ofOperation) {
    return new GraphScope(graph, names, prefix, ofOperation, controls);
  }

  @Override
  public GraphScope withSubScope(String ofScope) {
    return new GraphScope(graph, names, makeOpName(ofScope) + "/", null, controls);
  }

  @Override
  public GraphScope withNameAsSubScope(String otherwise) {
    return withSubScope(otherwise);
  }

  @Override
  public GraphScope withControlDependencyOps(Iterable<Operation> operations) {
    List<Operation> both = new ArrayList<>(controls);
    operations.forEach(both::add);
    return new GraphScope(graph, names, prefix, name, both);
  }

  @Override
  public String makeOpName(String otherwise) {
    return prefix + makeUnique(name == null ? otherwise : name);
  }

  @Override
  public String makeUnique(String wanted) {
    String unique = wanted;
    while (names.putIfAbsent(prefix + unique, 0) != null) {
      unique = wanted + "_" + names.merge(prefix + wanted, 1, Integer::sum);
    }
    return unique;
  }

  @Override
  public OperationBuilder apply(OperationBuilder operation) {
    controls.forEach(operation::addControlInput);
    return operation;
  }

  @Override
  public void refreshNames() {
    graph.operations().forEachRemaining(operation -> names.putIfAbsent(operation.name(), 0));
  }

  @Override
  public String getDeviceString() {
    return "";
  }

  @Override
  public boolean isInit() {
    return false;
  }

  @Override
  public Scope withDevice(DeviceSpec device) {
    throw new UnsupportedOperationException("the session chooses the device");
  }

  @Override
  public Scope withInitScope() {
    throw new UnsupportedOperationException("variables are assigned, not initialised");
  }

  /** A graph whose first scope is another than the graph's own. */
  private record Environment(Graph graph, GraphScope baseScope) implements ExecutionEnvironment {
    @Override
    public OperationBuilder opBuilder(String type, String name, Scope scope) {
      return graph.opBuilder(type, name, scope);
    }

    @Override
    public void attachFunction(ConcreteFunction function) {
      graph.attachFunction(function);
    }

    @Override
    public void checkInput(Operation input) {
      graph.checkInput(input);
    }

    @Override
    public Types environmentType() {
      return graph.environmentType();
    }

    @Override
    public boolean isInitializer(Operation operation) {
      return graph.isInitializer(operation);
    }
  }
}
