package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.AxisOrder;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.explain.UpstreamMap;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.report.statistics.PostHoc;
import io.github.lstmfcn.training.ClassWeight;
import io.github.lstmfcn.training.Freeze;
import io.github.lstmfcn.training.KerasRelease;
import io.github.lstmfcn.training.Monitor;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Enums under the names that users type: {@code across-batch}, {@code hard_sigmoid}. */
public abstract class NamedValues<T extends Enum<T>>
    implements ITypeConverter<T>, Iterable<String> {
  private final T[] values;

  protected NamedValues(T[] values) {
    this.values = values;
  }

  /**
   * The name of a value: its text if {@code toString} is overridden, else its name in lower case.
   */
  public static String name(Enum<?> value) {
    return value.toString().equals(value.name())
        ? value.name().toLowerCase(Locale.ROOT)
        : value.toString();
  }

  @Override
  public T convert(String text) {
    return Stream.of(values)
        .filter(value -> name(value).equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s, found %s".formatted(names(), text)));
  }

  List<String> names() {
    return Stream.of(values).map(NamedValues::name).toList();
  }

  @Override
  public Iterator<String> iterator() {
    return names().iterator();
  }

  public static final class Gates extends NamedValues<GateActivation> {
    Gates() {
      super(GateActivation.values());
    }
  }

  static final class Attention extends NamedValues<AttentionScope> {
    Attention() {
      super(AttentionScope.values());
    }
  }

  static final class Normalizations extends NamedValues<Normalization> {
    Normalizations() {
      super(Normalization.values());
    }
  }

  static final class AxisOrders extends NamedValues<AxisOrder> {
    AxisOrders() {
      super(AxisOrder.values());
    }
  }

  static final class Encodings extends NamedValues<LabelEncoding> {
    Encodings() {
      super(LabelEncoding.values());
    }
  }

  public static final class Splits extends NamedValues<Split> {
    Splits() {
      super(Split.values());
    }
  }

  static final class Arrangements extends NamedValues<SplitArrangement> {
    Arrangements() {
      super(SplitArrangement.values());
    }
  }

  static final class Precisions extends NamedValues<Precision> {
    Precisions() {
      super(Precision.values());
    }
  }

  static final class Recipes extends NamedValues<RecipeOptions.Name> {
    Recipes() {
      super(RecipeOptions.Name.values());
    }

    @Override
    public RecipeOptions.Name convert(String text) {
      if (text.equalsIgnoreCase("validated")) {
        throw new TypeConversionException(
            "validated is replaced by standard, which trains on all of TRAIN; add "
                + "--validation-split 0.2 --monitor val_loss to select by a hold-out again");
      }
      return super.convert(text);
    }
  }

  static final class Monitors extends NamedValues<Monitor> {
    Monitors() {
      super(Monitor.values());
    }
  }

  static final class ClassWeights extends NamedValues<ClassWeight> {
    ClassWeights() {
      super(ClassWeight.values());
    }
  }

  static final class Frozen extends NamedValues<Freeze> {
    Frozen() {
      super(Freeze.values());
    }
  }

  public static final class Kinds extends NamedValues<ModelKind> {
    Kinds() {
      super(ModelKind.values());
    }

    /** All in lower case, in which FCN, whose text is its name, would otherwise stand alone. */
    @Override
    List<String> names() {
      return super.names().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }
  }

  static final class Releases extends NamedValues<KerasRelease> {
    Releases() {
      super(KerasRelease.values());
    }
  }

  public static final class UpstreamMaps extends NamedValues<UpstreamMap> {
    UpstreamMaps() {
      super(UpstreamMap.values());
    }
  }

  public static final class PostHocs extends NamedValues<PostHoc> {
    PostHocs() {
      super(PostHoc.values());
    }
  }
}
