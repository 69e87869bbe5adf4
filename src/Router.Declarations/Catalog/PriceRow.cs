using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What a price map states of one model; what it does not state is null or 0.</summary>
/// <param name="Provider">The provider by LiteLLM's name for it.</param>
/// <param name="Kind">What the model is for.</param>
internal sealed record PriceRow(string Provider, CallKind Kind)
{
    /// <summary>What the model costs; null where the map does not price it.</summary>
    public ModelPrices? Prices { get; init; }

    public int ContextWindow { get; init; }

    public int InputLimit { get; init; }

    public int OutputLimit { get; init; }

    /// <summary>The capabilities that it is said to have.</summary>
    public ModelCapabilities Granted { get; init; }

    /// <summary>The capabilities that it is said to lack.</summary>
    public ModelCapabilities Denied { get; init; }

    /// <summary>The parameters that it is said not to take.</summary>
    public ModelParameters DeniedParameters { get; init; }

    /// <summary>The day on which it retires, as <c>yyyy-MM-dd</c>.</summary>
    public string? Retires { get; init; }

    /// <summary>What is known of the model once this is taken over what the catalog has.</summary>
    /// <param name="name">The model.</param>
    /// <param name="listed">The catalog's row; null where it has none.</param>
    /// <param name="unlisted">
    /// What the provider takes for a model of this name that is not listed. No more can be granted: LiteLLM calls a model
    /// capable also of what it rewrites requests for, which the provider itself would refuse.
    /// </param>
    public ModelRow Over(string name, ModelRow? listed, ModelRules unlisted)
    {
        ModelRow row = listed ?? NewRow(name, unlisted);
        int window = ContextWindow > 0 ? ContextWindow : row.ContextWindow;
        int input = InputLimit > 0 ? InputLimit : row.InputLimit;
        bool isWindow = window > 0 && input >= window; // A window holds a prompt at least.
        return row with
        {
            Traits = row.Kind is not CallKind.Chat ? row.Traits : Over(row.Traits, unlisted.Traits.Capabilities),
            ContextWindow = isWindow ? input : window,
            InputLimit = isWindow ? 0 : input,
            OutputLimit = OutputLimit > 0 ? OutputLimit : row.OutputLimit,
            Retires = Retires ?? row.Retires,

            // The prices of a model belong together: none of the catalog's is put beside new ones.
            Prices = Prices ?? row.Prices,
        };
    }

    // Which models take tools at this endpoint, a map does not know: it also says so of what LiteLLM sends elsewhere.
    private ModelTraits Over(ModelTraits traits, ModelCapabilities unlisted) =>
        traits.With(Granted & unlisted & ~ModelCapabilities.Tools).Without(Denied).Without(DeniedParameters);

    private ModelRow NewRow(string name, ModelRules unlisted) => Kind is not CallKind.Chat
        ? new(name, ModelTraits.None) { Kind = Kind }
        : new(name, unlisted.Traits) { OutputLimit = unlisted.OutputLimit, Efforts = unlisted.Efforts };
}
