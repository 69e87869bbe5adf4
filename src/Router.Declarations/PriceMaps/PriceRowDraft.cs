using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.PriceMaps;

/// <summary>A model of a price map while it is read.</summary>
internal sealed class PriceRowDraft
{
    private ModelCapabilities _granted;
    private ModelCapabilities _denied;
    private ModelParameters _deniedParameters;

    public string? Provider { get; set; }

    public string? Mode { get; set; }

    public PriceMapRates Rates { get; } = new();

    public int InputLimit { get; set; }

    public int OutputLimit { get; set; }

    /// <summary>An old property: the output limit, or where that is not known, the context window.</summary>
    public int MaxTokens { get; set; }

    public string? Retires { get; set; }

    /// <summary>Notes whether the model has a capability; null where that is not said.</summary>
    public void State(ModelCapabilities capability, bool? isThere)
    {
        if (isThere is true) _granted |= capability;
        if (isThere is false) _denied |= capability;
    }

    /// <summary>Notes whether the model takes a parameter; null where that is not said.</summary>
    public void State(ModelParameters parameter, bool? isTaken)
    {
        if (isTaken is false) _deniedParameters |= parameter;
    }

    /// <summary>The row; null where it is of no model that a group can have.</summary>
    public PriceRow? ToRow()
    {
        if (Provider is null || CallKindRow.OfMode(Mode ?? "chat") is not { } kind) return null;
        return new(Provider, kind)
        {
            Prices = Rates.ToPrices(Provider, kind),
            ContextWindow = InputLimit == 0 && OutputLimit == 0 ? MaxTokens : 0,
            InputLimit = InputLimit,
            OutputLimit = OutputLimit,
            Granted = _granted,
            Denied = _denied,
            DeniedParameters = _deniedParameters,
            Retires = Retires,
        };
    }
}
